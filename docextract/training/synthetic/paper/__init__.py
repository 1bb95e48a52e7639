"""Page drawing for synthetic documents: sheets, layout, fonts, rendering, scan degradation."""
