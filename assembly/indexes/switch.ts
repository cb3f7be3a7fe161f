// Whether the core is built with its indexes: yes but in the target `scan`, whose decisions are vector scans of the whole
// table, for comparisons. A constant, so that nothing of it is left in a build.

// @ts-ignore: INDEXES comes from asconfig.json
export const WITH_INDEXES: bool = INDEXES != 0;
