"""Expression language of schema checks: arithmetic and comparisons over field names.

    net_total + tax_total == grand_total
    sum(line_items.net_amount) == net_total
    due_date >= issue_date

Names are fields; `rows.field` is the column of a nested field. Operators: + - * / == != < <= >
>= and or not. Functions: sum, count, min, max, abs, and default(field, 0): the field, or what comes
second where it has no value. Numbers are decimals, equality of numbers
holds within a tolerance. Nothing else exists: no attribute, index, call or name of Python's.
"""

import ast
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

#: Longer than any honest check, short enough that parsing it is nothing.
MAX_LENGTH = 500
#: More than the terms of any honest sum, each of which is a level, and a fifth of the levels at
#: which Python gives up.
MAX_DEPTH = 200

_ARITHMETIC: Mapping[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b,
}
_FUNCTIONS: Mapping[str, Callable[[Sequence[Any]], Any]] = {
    "sum": lambda values: sum(values, Decimal(0)),
    "count": lambda values: Decimal(len(values)),
    "min": min,
    "max": max,
    "abs": lambda values: abs(values[0]),
}
#: Not a function of values: its second argument counts where the first has none.
_DEFAULT = "default"


class ExpressionError(ValueError):
    """The text is not an expression of this language; the message says where it is not."""


class _Unknown(Exception):
    """A field that the expression needs has no value."""


@dataclass(frozen=True)
class Expression:
    """A parsed check. `names` are the fields it speaks of ("total", "line_items.amount")."""

    text: str
    names: frozenset[str]
    _body: ast.expr

    def holds(self, values: Mapping[str, Any], *, tolerance: Decimal = Decimal(0)) -> bool | None:
        """Whether the check is true of `values`; None where it cannot be decided.

        Args:
            values: Field name -> typed value, None where there is none. A name with a dot is a
                column: a sequence with one entry a row. Rows without a value in a column make
                the check untellable, since a sum over part of the rows proves nothing.
            tolerance: How far two numbers may lie apart and still count as equal.
        """
        try:
            return bool(_evaluate(self._body, values, tolerance))
        except (_Unknown, TypeError, ValueError, IndexError, ArithmeticError):
            # No value, values of types that do not go together, division by zero, a day that no
            # calendar has.
            return None


def parse(text: str) -> Expression:
    """Read an expression.

    Raises:
        ExpressionError: naming the part that the language does not have.
    """
    if len(text) > MAX_LENGTH:
        raise ExpressionError(f"longer than {MAX_LENGTH} characters")
    source = text.strip()
    try:
        body = ast.parse(source, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ExpressionError(f"cannot read {text!r}: {error}") from error
    if _depth(body) > MAX_DEPTH:
        raise ExpressionError(f"nested deeper than {MAX_DEPTH} levels")
    names: set[str] = set()
    _collect(body, names, source)
    return Expression(text, frozenset(names), body)


def _depth(body: ast.expr) -> int:
    """How many levels an expression has, counted without recursion: it may have too many."""
    levels = 0
    level: list[ast.AST] = [body]
    while level:
        levels += 1
        level = [child for node in level for child in ast.iter_child_nodes(node)]
    return levels


def _collect(node: ast.expr, names: set[str], source: str) -> None:
    """Add the field names under `node`; refuse any syntax that is not of the language."""
    match node:
        case ast.BoolOp(values=parts):
            children = parts
        case ast.BinOp(left=left, op=operator, right=right) if type(operator) in _ARITHMETIC:
            children = [left, right]
        case ast.UnaryOp(op=ast.USub() | ast.Not(), operand=operand):
            children = [operand]
        case ast.Compare(left=left, ops=ops, comparators=rest) if all(
            isinstance(op, ast.Eq | ast.NotEq | ast.Lt | ast.LtE | ast.Gt | ast.GtE) for op in ops
        ):
            children = [left, *rest]
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]) if (
            name in _FUNCTIONS and arguments
        ) or (name == _DEFAULT and len(arguments) == 2):
            children = arguments
        case ast.Attribute(value=ast.Name(id=rows), attr=column):
            names.add(f"{rows}.{column}")
            return
        case ast.Name(id=name):
            names.add(name)
            return
        case ast.Constant(value=value) if type(value) in (int, float, str):
            return
        case _:
            part = ast.get_source_segment(source, node) or source
            raise ExpressionError(f"{part!r} is not part of the check language")
    for child in children:
        _collect(child, names, source)


def _evaluate(node: ast.expr, values: Mapping[str, Any], tolerance: Decimal) -> Any:  # noqa: C901
    # One case a kind of node: splitting them up would only hide the table.
    match node:
        case ast.BoolOp(op=ast.And(), values=parts):
            return all(_evaluate(part, values, tolerance) for part in parts)
        case ast.BoolOp(values=parts):
            return any(_evaluate(part, values, tolerance) for part in parts)
        case ast.BinOp(left=left, op=operator, right=right):
            return _ARITHMETIC[type(operator)](
                _evaluate(left, values, tolerance), _evaluate(right, values, tolerance)
            )
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return not _evaluate(operand, values, tolerance)
        case ast.UnaryOp(operand=operand):
            return -_evaluate(operand, values, tolerance)
        case ast.Compare(left=first, ops=ops, comparators=rest):
            sides = [_evaluate(side, values, tolerance) for side in (first, *rest)]
            pairs = zip(ops, sides, sides[1:], strict=False)
            return all(_compare(op, a, b, tolerance) for op, a, b in pairs)
        case ast.Call(func=ast.Name(id="default"), args=[first, second]):
            try:
                return _evaluate(first, values, tolerance)
            except _Unknown:
                return _evaluate(second, values, tolerance)
        case ast.Call(func=ast.Name(id=name), args=arguments):
            found = [_evaluate(argument, values, tolerance) for argument in arguments]
            column = len(found) == 1 and isinstance(found[0], tuple)
            return _FUNCTIONS[name](found[0] if column else found)
        case ast.Attribute(value=ast.Name(id=rows), attr=name):
            return _column(values.get(f"{rows}.{name}"))
        case ast.Name(id=name):
            return _known(values.get(name))
        case ast.Constant(value=value):
            return value if isinstance(value, str) else Decimal(str(value))
    raise AssertionError(f"parse let {node} through")


def _known(value: Any) -> Any:
    if value is None:
        raise _Unknown
    return Decimal(value) if isinstance(value, int) else value


def _column(values: Any) -> tuple[Any, ...]:
    if not values:
        raise _Unknown
    return tuple(_known(value) for value in values)


def _compare(operator: ast.cmpop, a: Any, b: Any, tolerance: Decimal) -> bool:
    if isinstance(a, Decimal) and isinstance(b, Decimal):
        equal = abs(a - b) <= tolerance
        less = a < b and not equal
    else:
        equal = a == b
        less = not equal and bool(a < b)
    match operator:
        case ast.Eq():
            return equal
        case ast.NotEq():
            return not equal
        case ast.Lt():
            return less
        case ast.LtE():
            return less or equal
        case ast.Gt():
            return not (less or equal)
    return not less
