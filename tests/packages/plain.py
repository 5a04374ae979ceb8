"""A plain ε-constraint run with CP-SAT, as one would write it in an afternoon: a peer.

Largest b, then the largest a with that b, then all over with a larger a. It shares no code with
the package; only the definitions.
"""

from functools import cache

from ortools.sat.python import cp_model

from legation.packages import Bonus, Case

SECONDS = 600.0


def plain_frontier(case: Case, *, seconds: float = SECONDS) -> list[tuple[int, int]] | None:
    """Return the frontier of a case whose rules are bonuses, by a; None: it took too long."""
    found: list[tuple[int, int]] = []
    left = seconds
    while True:
        worth: list[int] = []
        for side in ("b", "a"):
            model, sums = _model(case)
            if found:
                model.add(sums["a"] >= found[-1][0] + 1)
            if worth:
                model.add(sums["b"] >= worth[0])
            model.maximize(sums[side])
            solver = cp_model.CpSolver()
            solver.parameters.num_workers = 1
            solver.parameters.max_time_in_seconds = max(left, 0.001)
            status = solver.solve(model)
            left -= solver.wall_time
            if status == cp_model.INFEASIBLE:
                return found
            if status != cp_model.OPTIMAL:
                return None
            worth.append(round(solver.objective_value))
        found.append((worth[1], worth[0]))


def _model(case: Case) -> tuple[cp_model.CpModel, dict[str, cp_model.LinearExprT]]:
    model = cp_model.CpModel()
    chosen = {
        matter.id: {option: model.new_bool_var("") for option in matter.options}
        for matter in case.matters
    }

    @cache
    def entry(matter: str, options: tuple[str, ...]) -> cp_model.IntVar:
        found = model.new_bool_var("")
        model.add(sum(chosen[matter][option] for option in options) == found)
        return found

    terms: dict[str, list[cp_model.LinearExprT]] = {"a": [], "b": []}
    for place, matter in enumerate(case.matters):
        model.add_exactly_one(chosen[matter.id].values())
        for side, points in case.sides.items():
            for option, worth in zip(matter.options, points.table[place], strict=True):
                terms[side].append(int(worth) * chosen[matter.id][option])
    for rule in case.rules:
        assert isinstance(rule, Bonus)
        entries = [entry(*each) for each in rule.when]
        held = model.new_bool_var("")
        model.add_bool_and(entries).only_enforce_if(held)
        model.add_bool_or([held, *(each.negated() for each in entries)])
        terms[rule.side].append(int(rule.points) * held)
    return model, {side: cp_model.LinearExpr.sum(each) for side, each in terms.items()}
