// Constants shared by the core (asc), the host and the reference (tsc). Plain integers; imports nothing.
// A change here changes the snapshot format: raise ABI_VERSION.

export const ABI_VERSION = 8;

// Limits.
export const LANES = 64; // instances per bitset word
export const MAX_STRATEGIES = 5;
export const MAX_PORTS_PER_INSTANCE = 100; // host ports reserved by the agent and by tasks, both protocols
export const UNLIMITED = 0x3fffffff; // ENI limit of an instance type without one
export const MAX_AMOUNT = 0x3fffffff; // largest cpu, memory, count an instance or task may have
export const NONE = -1;

// Attribute values: ids are dense per attribute.
export const VALUE_MISSING = 0;
export const VALUE_NONE = 1; // the attribute is there, without a value
export const VALUE_FIRST = 2;

// Cells of an instance, i32 each; `cellAt(COLUMN_*, slot)` gives the address. Also the order of a registration record.
export const COLUMN_TOTAL_CPU = 0;
export const COLUMN_TOTAL_MEMORY = 1;
export const COLUMN_TOTAL_GPU = 2;
export const COLUMN_TOTAL_ENI = 3;
export const COLUMN_REMAINING_CPU = 4;
export const COLUMN_REMAINING_MEMORY = 5;
export const COLUMN_REMAINING_GPU = 6;
export const COLUMN_REMAINING_ENI = 7;
export const COLUMN_RUNNING_TASKS = 8; // desiredStatus RUNNING
export const COLUMN_PENDING_TASKS = 9; // lastStatus PENDING
export const COLUMN_REGISTERED_AT = 10; // u32 seconds since 1970, plus 1; 0 = unknown
export const COLUMN_RESERVED_PORTS = 11; // host ports taken, both protocols; the core counts it
export const COLUMN_FIRST_TASK = 12; // head of the list of task records on the instance, NONE when empty; the core's
export const COLUMN_ANONYMOUS = 13; // tasks that placers hold there and have not stopped; the core counts them
export const COLUMNS = 14;
export const REGISTRATION_COLUMNS = 11; // a registration record holds the columns before RESERVED_PORTS

// Protocols, as the high part of a port number: port | protocol << 16.
export const PROTOCOL_TCP = 0;
export const PROTOCOL_UDP = 1;

// CQL program: words of i32, each instruction `op a b` (3 words).
export const OP_READY = 0; // ACTIVE and agent connected
export const OP_PRESENT = 1; // a: attribute
export const OP_EQUALS = 2; // a: attribute, b: value id
export const OP_IN = 3; // a: attribute, b: value set
export const OP_AGENT = 4; // a: bit 1 = result when connected, bit 0 = result when not
export const OP_REGISTERED_AT = 5; // a: comparison, b: u32 seconds + 1, clamped to 0 and 0xffffffff
export const OP_RUNNING_TASKS = 6; // a: comparison, b: count
export const OP_GROUP = 7; // a: group (or watched group): some active task of it is here
export const OP_AND = 8;
export const OP_OR = 9;
export const OP_NOT = 10;
export const OP_TRUE = 11;
export const OP_FALSE = 12;
export const OP_ACTIVE = 13; // status ACTIVE, whatever the agent
export const OP_MARKS = 14; // a: mark filled for this evaluation
export const INSTRUCTION_WORDS = 3;
export const MAX_STACK = 64; // deepest postfix stack a program may need

export const COMPARE_EQ = 0;
export const COMPARE_NE = 1;
export const COMPARE_LT = 2;
export const COMPARE_LE = 3;
export const COMPARE_GT = 4;
export const COMPARE_GE = 5;

// Strategies of a request, `kind a` (2 words each).
export const STRATEGY_RANDOM = 0;
export const STRATEGY_BINPACK_CPU = 1;
export const STRATEGY_BINPACK_MEMORY = 2;
export const STRATEGY_SPREAD_INSTANCE = 3;
export const STRATEGY_SPREAD_ATTRIBUTE = 4; // a: attribute

// Gates, as bit numbers of a trace mask (bit set = failed), in the order of GATES in src/explain.ts.
export const GATE_STATUS = 0;
export const GATE_LAUNCH_TYPE = 1;
export const GATE_CAPACITY_PROVIDER = 2;
export const GATE_AGENT = 3;
export const GATE_ATTRIBUTE = 4;
export const GATE_LOCATION = 5;
export const GATE_CPU = 6;
export const GATE_MEMORY = 7;
export const GATE_PORTS = 8;
export const GATE_ENI = 9;
export const GATE_GPU = 10;
export const GATE_DISTINCT = 11;
export const GATE_MEMBER_OF = 12;

// Status of a task record.
export const TASK_PROVISIONING = 0;
export const TASK_PENDING = 1;
export const TASK_ACTIVATING = 2;
export const TASK_RUNNING = 3;
export const TASK_DEACTIVATING = 4;
export const TASK_STOPPING = 5;
export const TASK_DEPROVISIONING = 6;
export const TASK_STOPPED = 7;
export const TASK_DESIRED_STOPPED = 8; // flag beside the status

// Task record fields, i32 each; `task(number)` gives the address of a record.
export const TASK_SLOT = 0; // of the instance it was placed on, also when that is gone
export const TASK_DEMAND = 1;
export const TASK_GROUP = 2;
export const TASK_STATUS = 3;
export const TASK_NEXT = 4; // on the same instance
export const TASK_PREVIOUS = 5;
export const TASK_WORDS = 6;

// The request, as words in the exchange buffer: REQUEST_WORDS, then `kind a` per strategy.
export const REQUEST_DEMAND = 0;
export const REQUEST_GROUP = 1;
export const REQUEST_DISTINCT = 2; // 1: distinctInstance
export const REQUEST_FILTER = 3; // program: READY and all of the next four gates; never NONE
export const REQUEST_LAUNCH_TYPE = 4; // program or NONE
export const REQUEST_CAPACITY_PROVIDER = 5; // program or NONE
export const REQUEST_ATTRIBUTE = 6; // program or NONE
export const REQUEST_LOCATION = 7; // program or NONE
export const REQUEST_MEMBER_OF = 8; // program (all memberOf expressions joined by and) or NONE
export const REQUEST_STRATEGIES = 9; // number of strategies that follow
export const REQUEST_WORDS = 10;

// Types of a circuit breaker's threshold.
export const THRESHOLD_BOUNDED_PERCENT = 0;
export const THRESHOLD_UNBOUNDED_PERCENT = 1;
export const THRESHOLD_COUNT = 2;

// CloudWatch alarms: comparison operators, states, and what a missing datapoint counts as.
export const BREACH_BELOW = 0;
export const BREACH_AT_OR_BELOW = 1;
export const BREACH_ABOVE = 2;
export const BREACH_AT_OR_ABOVE = 3;
export const ALARM_OK = 0;
export const ALARM_ALARM = 1;
export const ALARM_INSUFFICIENT_DATA = 2;
export const MISSING_MISSING = 0;
export const MISSING_IGNORE = 1;
export const MISSING_BREACHING = 2;
export const MISSING_NOT_BREACHING = 3;
// A fleet of alarms: the evaluation range is so many periods longer than N, and a window of more than FLEET_PERIODS has no
// place in a word.
export const EXTRA_PERIODS = 2;
// An alarm's settings in a word: periods in the lowest bits, then from these on datapoints to alarm, operator, treatment of
// missing data, side and state.
export const FLEET_COUNT_MASK = 63;
export const FLEET_TO_ALARM = 6;
export const FLEET_OPERATOR = 12;
export const FLEET_MISSING = 14;
export const FLEET_SIDE = 16;
export const FLEET_STATE = 18;
// Which side of a target tracking policy an alarm is.
export const SIDE_NONE = 0;
export const SIDE_HIGH = 1;
export const SIDE_LOW = 2;
export const FLEET_PERIODS = 61;

// Adjustment types of a step scaling policy.
export const ADJUST_CHANGE = 0;
export const ADJUST_EXACT = 1;
export const ADJUST_PERCENT = 2;

// Rules by which a capacity provider strategy shares tasks out.
export const SPLIT_SEQUENTIAL = 0;
export const SPLIT_LARGEST_REMAINDER = 1;

// Flags of a capacity provider's reservation.
export const RESERVE_EMPTY_AT_100 = 1; // nothing there and nothing wanted is 100, whatever the target capacity

// Answers of exports that can refuse. Negative numbers; each leaves the state as it was.
export const REFUSED_NOT_HELD = -2; // release, stop or free of something the instance does not hold
export const REFUSED_UNKNOWN_SLOT = -3; // a slot without an instance
