using FanOut.Engine.Mappings;
using FanOut.Errors;
using FanOut.Registry;
using FanOut.Sources;

namespace FanOut.Local.Checks;

/// <summary>Checks a target without a call: what it is, and whether it can have an effect.</summary>
/// <param name="function">The function's name.</param>
/// <param name="region">Its region.</param>
internal sealed class CheckTarget(string function, string region)
{
    /// <summary>The checks, in the order in which they make sense; those after a failure that makes them senseless are left out.</summary>
    public IEnumerable<FanOutTargetCheck> Of(Candidate candidate)
    {
        if (candidate.Strays.Count > 0)
        {
            yield return New(
                candidate, "Properties", "Warn", string.Join(' ', candidate.Strays), $"Name it as the parameter: {string.Join(", ", candidate.Strays.Select(static s => $"{s.Meant} instead of {s.Name}"))}.");
        }

        if (candidate.Mapping is not { } mapping)
        {
            yield return New(candidate, "Settings", "Fail", candidate.Problem!, candidate.Remedy);
            yield break;
        }

        yield return New(candidate, "Settings", "Pass", $"A valid mapping to {MappingText.Of(mapping.Type)} {mapping.Destination.Display}.");
        yield return mapping.Active
            ? New(candidate, "Enabled", "Pass", "Records are sent.")
            : New(candidate, "Enabled", "Warn", "It is disabled: nothing is sent.", candidate.IsRegistered ? Command("Enable-FanOutTarget", "", mapping) : "Register it with -Enabled.");

        string[] idle = [.. IdleSettings.Of(mapping, static s => s != nameof(FanOutTarget.Parallel)), .. new[] { MissingPort.Of(mapping) }.OfType<string>()];
        yield return idle.Length == 0
            ? New(candidate, "Options", "Pass", "Every option has an effect.")
            : New(candidate, "Options", "Warn", string.Join(' ', idle), "Leave out what has no effect.");
        if (EmptyDocument.Of(mapping) is { } empty)
        {
            yield return New(candidate, "Removals", "Warn", empty, candidate.IsRegistered ? Command("Set-FanOutTarget", "-View record", mapping) : "Give -View record.");
        }

        yield return Filter(candidate, mapping);
    }

    /// <summary>The check Loop, where records would come back.</summary>
    /// <param name="candidate">The target.</param>
    /// <param name="way">The targets over which they come back, from this one on.</param>
    public FanOutTargetCheck Loop(Candidate candidate, IReadOnlyList<Mapping> way)
    {
        string steps = string.Join(", then ", way.Select(static m => $"by '{m.Id}' to {m.Destination.Display}"));
        bool isFiltered = way.Any(static m => m.Filter is not null), isEnabled = way[0].Active;
        return New(
            candidate,
            "Loop",
            isFiltered || !isEnabled ? "Warn" : "Fail",
            $"Its records {(isEnabled ? "" : "would ")}come back to {candidate.SourceArn}: {steps}. "
                + (isFiltered ? "Unless a filter of these lets none of them through twice, they go round for ever." : $"They {(isEnabled ? "" : "would ")}go round for ever, and become more."),
            !candidate.IsRegistered ? "Give another Destination, or a Filter that ends it." : isEnabled ? Command("Disable-FanOutTarget", "", way[0]) : "Leave it disabled.");
    }

    /// <summary>What all checks of a target come to.</summary>
    public static FanOutTargetCheck Verdict(Candidate candidate, IReadOnlyList<FanOutTargetCheck> checks)
    {
        int failed = checks.Count(static c => c.Status == "Fail"), warned = checks.Count(static c => c.Status == "Warn");
        string found = string.Join(", ", checks.Where(static c => c.Status is "Fail" or "Warn").Select(static c => c.Check));
        return failed > 0 ? New(candidate, "Verdict", "Fail", $"It cannot work as it is: {found}.")
            : warned > 0 ? New(candidate, "Verdict", "Warn", $"It can work; look at {found}.")
            : New(candidate, "Verdict", "Pass", "It can work.");
    }

    /// <summary>A check's result.</summary>
    public static FanOutTargetCheck New(Candidate candidate, string check, string status, string detail, string? remedy = null) =>
        new() { Id = candidate.Id, SourceArn = candidate.SourceArn, Check = check, Status = status, Detail = detail, Remedy = remedy };

    private FanOutTargetCheck Filter(Candidate candidate, Mapping mapping)
    {
        if (mapping.Filter is null)
        {
            return New(candidate, "Filter", "Skipped", "It has none: all records are sent.");
        }

        string remedy = OtherFilter(candidate, mapping);
        try
        {
            return CheckFilter.Of(mapping, null) is { } warning
                ? New(candidate, "Filter", "Warn", warning, remedy)
                : New(candidate, "Filter", "Pass", "Records of the source can match it.");
        }
        catch (FanOutException e)
        {
            return New(candidate, "Filter", "Fail", e.Message, remedy);
        }
    }

    /// <summary>What gives a target another filter.</summary>
    public string OtherFilter(Candidate candidate, Mapping mapping) => candidate.IsRegistered ? Command("Set-FanOutTarget", "-Filter '{…}'", mapping) : "Give another -Filter.";

    private string Command(string cmdlet, string more, Mapping mapping) =>
        RepairCommand.Of(cmdlet, $"{RepairCommand.Quoted(mapping.Id)}{(more.Length > 0 ? " " : "")}{more}", mapping.SourceArn, function, region);
}
