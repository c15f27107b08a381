"""A mixed-integer program, written down row by row and solved by HiGHS."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from math import inf

import highspy

ROWWISE, MINIMISE = int(highspy.MatrixFormat.kRowwise), int(highspy.ObjSense.kMinimize)
FEASIBLE = highspy.SolutionStatus.kSolutionStatusFeasible
MOST_NODES = 20_000  # a bound that is the same on every machine, where a time limit would not be
INFEASIBLE = {highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible}


class Undecided(RuntimeError):
    """Neither a solution nor the proof that there is none was found within the nodes that are allowed."""


@dataclass(frozen=True, slots=True)
class Row:
    """low ≤ Σ factor · column ≤ high."""

    low: float
    high: float
    entries: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What HiGHS found: values of the columns; of a program without whole columns also what rows are worth."""

    value: float
    bound: float
    columns: tuple[float, ...]
    reduced: tuple[float, ...] = ()
    prices: tuple[float, ...] = ()


@dataclass(slots=True)
class Program:
    """Maximises Σ worth · column over its rows."""

    worths: list[float] = field(default_factory=list)
    highs: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    def column(self, worth: float = 0.0, *, high: float = inf, whole: bool = False) -> int:
        self.worths.append(worth)
        self.highs.append(high)
        self.whole.append(whole)
        return len(self.worths) - 1

    def row(self, low: float, high: float, entries: Iterable[tuple[int, float]]) -> int:
        self.rows.append(Row(low, high, tuple(entries)))
        return len(self.rows) - 1

    def relaxed(self) -> Answer | None:
        """The bound: whole columns may be fractions. None when even so nothing is feasible."""
        return self._run(_highs(), whole=False, held={})

    def best(self, *, gap: float = 0.0, enough: float = inf, held: Mapping[int, float] = {}) -> Answer | None:
        """The best with whole columns, some `held` at a value; it stops at the gap, or at `enough`."""
        solver = _highs()
        solver.setOptionValue("mip_rel_gap", gap)
        solver.setOptionValue("mip_max_nodes", MOST_NODES)
        if enough < inf:
            solver.setOptionValue("objective_target", -enough)
        return self._run(solver, whole=True, held=held)

    def _run(self, solver: highspy.Highs, *, whole: bool, held: Mapping[int, float]) -> Answer | None:
        if not self.worths:
            return self._of_nothing()
        self._pass_to(solver, whole=whole, held=held)
        solver.run()
        solution, info = solver.getSolution(), solver.getInfo()
        if info.primal_solution_status != FEASIBLE:
            if solver.getModelStatus() not in INFEASIBLE:
                raise Undecided(solver.modelStatusToString(solver.getModelStatus()))
            return None
        return Answer(
            value=-info.objective_function_value,
            bound=-(info.mip_dual_bound if whole else info.objective_function_value),
            columns=tuple(solution.col_value),
            reduced=() if whole else tuple(-one for one in solution.col_dual),
            prices=() if whole else tuple(-one for one in solution.row_dual),
        )

    def _of_nothing(self) -> Answer | None:
        """Without a column every row adds up to 0."""
        feasible = all(row.low <= 0 <= row.high for row in self.rows)
        return Answer(0.0, 0.0, (), (), (0.0,) * len(self.rows)) if feasible else None

    def _pass_to(self, solver: highspy.Highs, *, whole: bool, held: Mapping[int, float]) -> None:
        """HiGHS minimises, and takes the rows one after the other."""
        passed = solver.passModel(
            *(len(self.worths), len(self.rows), sum(len(row.entries) for row in self.rows)),
            *(ROWWISE, MINIMISE, 0.0),
            [-worth for worth in self.worths],
            [held.get(column, 0.0) for column in range(len(self.worths))],
            [held.get(column, high) for column, high in enumerate(self.highs)],
            [row.low for row in self.rows],
            [row.high for row in self.rows],
            list(accumulate((len(row.entries) for row in self.rows[:-1]), initial=0)),
            [column for row in self.rows for column, _factor in row.entries],
            [factor for row in self.rows for _column, factor in row.entries],
            [int(whole and one) for one in self.whole],
        )
        if passed == highspy.HighsStatus.kError:
            raise ValueError("HiGHS does not accept the program.")


def _highs() -> highspy.Highs:
    """One thread and a fixed seed: the same input gives the same plan."""
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, value in {"output_flag": False, "threads": 1, "random_seed": 0, "mip_abs_gap": 1e-6}.items():
        solver.setOptionValue(option, value)
    return solver
