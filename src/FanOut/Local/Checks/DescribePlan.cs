using System.Globalization;
using System.Text;
using FanOut.Engine.Batching;
using FanOut.Engine.Mappings;
using FanOut.Local.Plans;

namespace FanOut.Local.Checks;

/// <summary>Says in words, and as objects, what a plan would send.</summary>
internal static class DescribePlan
{
    private const int MostReasons = 3;

    /// <summary>The check Plan.</summary>
    /// <param name="candidate">The target.</param>
    /// <param name="plan">What it would get.</param>
    /// <param name="records">What the event's records are called: records of the source; null: they are our own samples, which a mapping that reads records' fields may not fit.</param>
    /// <param name="sender">Whose memory and settings cut the calls: "the function fanout, with 256 MB".</param>
    /// <param name="filter">The command that gives the target another filter.</param>
    public static FanOutTargetCheck Of(Candidate candidate, Plan plan, string? records, string sender, string filter)
    {
        FanOutPlannedCall[] calls = [.. plan.Calls.Select((c, i) => Call(candidate.Mapping!, c, i + 1))];
        string filtered = candidate.Mapping!.Filter is null ? "" : string.Create(CultureInfo.InvariantCulture, $", {plan.Outcome.Filtered} filtered out");
        string detail = string.Create(
            CultureInfo.InvariantCulture,
            $"{plan.Sent} of {plan.Records} {records ?? "sample records"} would be sent{filtered}: {Count(calls.Length, "call")}, {Count(calls.Sum(static c => c.Items), "item")}, {calls.Sum(static c => c.Bytes)} bytes, as {sender} sends them.");
        return plan.Rejected.Count == 0
            ? (plan.Sent == 0 && plan.Outcome.Filtered > 0
                ? CheckTarget.New(candidate, "Plan", "Warn", detail, $"{filter}\nOr test it with records that the filter lets through: -Record.")
                : CheckTarget.New(candidate, "Plan", "Pass", detail)).With(calls)
            : records is null && ReadsFields(candidate.Mapping!) && plan.Rejected.All(static r => r.Failure.Class != FailureClass.Oversize)
                ? CheckTarget.New(candidate, "Plan", "Warn", $"{detail} {Reasons(plan)}", "The samples are not yours: test it with records that have what the target reads of them: -Record, -EventPath or -Live.").With(calls)
            : CheckTarget.New(candidate, "Plan", "Fail", $"{detail} {Reasons(plan)}", "Change the records, or the target's settings, as the reasons say.").With(calls);
    }

    /// <summary>What a target would get, payload by payload.</summary>
    public static IEnumerable<FanOutPlannedPayload> Payloads(Candidate candidate, Plan plan) =>
        from item in plan.Calls.SelectMany(static c => c.Items).Select(static (i, number) => (i.Payloads, Number: number + 1))
        from payload in item.Payloads
        orderby payload.Record
        select new FanOutPlannedPayload
        {
            Id = candidate.Id,
            Record = payload.Record,
            Item = item.Number,
            Key = payload.Key.Length == 0 ? null : Encoding.UTF8.GetString(payload.Key),
            Texts = payload.Texts,
            Text = Encoding.UTF8.GetString(payload.Data),
            Data = payload.Data,
            IsDelete = payload.IsDelete,
        };

    /// <summary>What would not be sent; null: everything is.</summary>
    public static string? Rejected(Candidate candidate, Plan plan) => plan.Rejected.Count == 0 ? null : $"The target '{candidate.Id}' would not get all records. {Reasons(plan)}";

    private static FanOutTargetCheck With(this FanOutTargetCheck check, IReadOnlyList<FanOutPlannedCall> calls) => new()
    {
        Id = check.Id, SourceArn = check.SourceArn, Check = check.Check, Status = check.Status, Detail = check.Detail, Remedy = check.Remedy, Calls = calls,
    };

    private static FanOutPlannedCall Call(Mapping mapping, PlannedCall call, int number)
    {
        IEnumerable<PlannedPayload> payloads = call.Items.SelectMany(static i => i.Payloads);
        return new FanOutPlannedCall
        {
            Number = number,
            Operation = call.Request is { } request ? request.Operation ?? $"{request.Method} {request.Uri.AbsolutePath}" : OfCache(payloads),
            Uri = call.Request?.Uri,
            Items = call.Items.Count,
            Records = payloads.Count(),
            Bytes = call.Items.Sum(static i => (long)i.Bytes),
            Keys = HasKeys(mapping) ? [.. payloads.Select(static p => Encoding.UTF8.GetString(p.Key)).Distinct()] : [],
            Ids = ReadIds.Of(mapping, call.Request),
            First = Encoding.UTF8.GetString(call.Items[0].Payloads[0].Data),
            Body = call.Request?.Body ?? [],
        };
    }

    private static bool ReadsFields(Mapping mapping) => mapping.Transform is not null || mapping.Key is not null || mapping.Texts is not null;

    private static string OfCache(IEnumerable<PlannedPayload> payloads) =>
        string.Join(" and ", payloads.Select(static p => p.IsDelete ? "DEL" : "SET").Distinct().Order(StringComparer.Ordinal).Reverse());

    private static bool HasKeys(Mapping mapping) => mapping.Type is not (TargetType.Firehose or TargetType.Iot or TargetType.Lambda or TargetType.Events or TargetType.States)
        && mapping is not ({ Type: TargetType.Http, Collapse: not Collapse.None } or { Type: TargetType.Es, DocumentId: not DocumentId.Key })
        && mapping.Destination is not (QueueDestination { IsFifo: false } or TopicDestination { IsFifo: false });

    private static string Reasons(Plan plan)
    {
        IEnumerable<IGrouping<(FailureClass, string), (int Record, Failure Failure)>> kinds = plan.Rejected.GroupBy(static r => (r.Failure.Class, r.Failure.Code));
        return string.Join(' ', kinds.Take(MostReasons).Select(static k => $"{Count(k.Select(static r => r.Record).Distinct().Count(), "record")} rejected ({Named(k.Key)}): {k.First().Failure.Reason}"));
    }

    // The codes of some classes are the same word.
    private static string Named((FailureClass Class, string Code) kind) => kind.Code == $"{kind.Class}" ? kind.Code : $"{kind.Class}, {kind.Code}";

    private static string Count(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");
}
