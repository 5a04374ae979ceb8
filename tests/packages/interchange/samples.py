"""Small files of every format that is read, invented for these tests."""

GENIUS_DOMAIN = b"""<negotiation_template><utility_space number_of_issues="2">
<objective index="0" etype="objective" type="objective" name="Talks">
<issue index="1" etype="discrete" type="discrete" vtype="discrete" name="visas">
<item index="1" value="none"/><item index="2" value="some"/><item index="3" value="parity"/>
</issue>
<issue index="2" etype="integer" type="integer" vtype="integer" name="posts"
 lowerbound="2" upperbound="5"/>
</objective></utility_space></negotiation_template>"""

GENIUS_A = b"""<utility_space>
<objective index="0" type="objective" name="Talks">
<issue index="1" type="discrete" name="visas">
<item index="1" value="none" evaluation="0.1"/>
<item index="2" value="some" evaluation="2"/>
<item index="3" value="parity" evaluation="3"/>
</issue>
<issue index="2" type="integer" name="posts" lowerbound="2" upperbound="5">
<evaluator ftype="linear" offset="0.1" slope="0.4"/>
</issue>
<weight index="1" value="0.7"/><weight index="2" value="0.3"/>
</objective>
<discount_factor value="0.5"/><reservation value="0.25"/>
</utility_space>"""

GENIUS_B = GENIUS_A.replace(b'slope="0.4"', b'slope="-0.05"').replace(b'"0.1"/>', b'"6e0"/>')

BOX_DOMAIN = b"""
<!-- a comment before the declaration, as some public files have -->
<?xml version="1.0" encoding="utf-8" ?>
<negotiation_template><utility_space><objective index="0" type="objective" name="root">
<issue index="1" type="integer" name="x" lowerbound="0" upperbound="3"/>
<issue index="2" type="integer" name="y" lowerbound="1" upperbound="4"/>
</objective></utility_space></negotiation_template>"""

BOXES = b"""<utility_space type="nonlinear"><objective index="0" type="objective" name="root">
<issue index="1" type="integer" name="x" lowerbound="0" upperbound="3"/>
<issue index="2" type="integer" name="y" lowerbound="1" upperbound="4"/>
<utility maxutility="40"><ufun type="PlainUfun" weight="1" aggregation="sum">
<hyperRectangle utility="10">
<INCLUDES index="1" min="1" max="2"/><INCLUDES index="2" min="2" max="3"/>
</hyperRectangle>
<hyperRectangle utility="7">
<EXCLUDES index="1" min="0" max="1"/><EXCLUDES index="2" min="1" max="1"/>
</hyperRectangle>
<hyperRectangle utility="5"><INCLUDES index="2" min="4" max="9"/></hyperRectangle>
<hyperRectangle utility="1"/>
</ufun></utility></objective><reservation value="0.75"/></utility_space>"""

NEGOLOG_A = b"""{"reservationValue": 0.1, "issueWeights": {"p": 0.3, "q": 0.7},
"issues": {"p": {"u": 0.1, "v": 1.0}, "q": {"w": 1e-1, "x": 1}}}"""
NEGOLOG_B = b"""{"reservationValue": 0.0, "issueWeights": {"q": 0.6, "p": 0.4},
"issues": {"p": {"v": 0.2, "u": 1.0}, "q": {"w": 0.9, "x": 0}}}"""

NEGMAS_DOMAIN = b"""type: DiscreteCartesianOutcomeSpace
name: domain
path: null
issues:
- {name: one, type: CategoricalIssue, values: [x, no, 'y z']}
- name: two
  type: negmas.outcomes.contiguous_issue.ContiguousIssue
  values: [0, 3]
- {name: three, type: DiscreteCardinalIssue, values: [10, 20]}
"""
NEGMAS_A = b"""type: LinearAdditiveUtilityFunction
name: u1
reserved_value: 0.3
weights: [0.3, 0.5, 0.2]
values:
- {type: TableFun, mapping: {x: 0.1, no: 1, 'y z': 0.7}}
- {type: AffineFun, slope: 0.2, bias: 0.1}
- {type: LinearFun, slope: 0.05}
"""
NEGMAS_B = b"""type: HyperRectangleUtilityFunction
name: u2
bias: 0.5
reserved_value: -.inf
outcome_ranges:
- 1: [0, 3]
  2: [5, 15]
- 0: [x, no]
utilities: [2.0, 3.0]
weights: [1.0, 0.5]
"""
