//! Messages of this room.

crate::messages! {
    evaded(status, lack) { "a case can be {status} without `{lack}`", "没有“{lack}”也能进入“{status}”" }
    step_of(limit) { "the step of the limit {limit}", "时限“{limit}”的步骤" }
    approval_by(role) { "the approval of this remedy by the {role}", "{role}对该方案的批准" }
    this_remedy() { "the remedy that was approved", "经批准的方案" }
    ended_at_once(status, clock) {
        "a case can be {status} at once, and the limit `{clock}` counts nothing",
        "未办任何事项即可“{status}”，时限“{clock}”不再考核"
    }
    left_out(clock) {
        "a case can be closed before the limit `{clock}` has passed, without its step; then nothing counts it",
        "不办“{clock}”一步，在时限届满前归档，该时限即不再考核"
    }
    undetermined(field) {
        "it depends on `{field}`, which nothing asks for, and a case can be closed without it",
        "该规则取决于“{field}”，而没有规则要求填写，不填也能归档"
    }
    unwatched(status) { "an open case, {status}, is never overdue and never stalled", "未结案卷（{status}）永不逾期，也不会被列为停滞" }
    unadvised(status) { "for an open case, {status}, no next step can be offered", "未结案卷（{status}）没有可提示的下一步" }
    locked_in(status) { "from here, {status}, no end can be reached", "到此（{status}）之后无法结束" }
    hidden(clock) {
        "the limit `{clock}` never applies: an earlier rule of its name fits first",
        "时限“{clock}”从不适用：同名的前一条规则总是先适用"
    }
    never_starts(clock) { "the limit `{clock}` never starts", "时限“{clock}”从不起算" }
    never_kept(clock) { "the limit `{clock}` cannot be kept: nothing stops it", "时限“{clock}”无法达标：没有步骤能使它停止" }
    never_missed(clock) { "the limit `{clock}` cannot be missed", "时限“{clock}”不可能逾期" }
    never_happens(event) { "no case is ever {event}", "不会有案卷“{event}”" }
    fits_no_case() { "its condition fits no case", "其适用条件不符合任何案卷" }
    step_never_taken(event, step) { "before {event}: nobody can take the step `{step}`", "“{event}”之前：无法办理“{step}”一步" }
    nobody_holds(role) { "nobody holds the role {role}, which has to approve", "审批职务“{role}”无人担任" }
}
