# Page des échanges et des contradictions
