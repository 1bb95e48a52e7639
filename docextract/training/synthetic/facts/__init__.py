"""What synthetic documents say: parties, goods, numbers, addresses."""
