using FanOut.Local.Checks;

namespace FanOut.Inspection;

/// <summary>What was found about something that targets share, before it is told of each of them.</summary>
/// <param name="Check">What was looked at.</param>
/// <param name="Status">Pass, Warn, Fail or Skipped.</param>
/// <param name="Detail">What was found; sentences.</param>
/// <param name="Remedy">What to do about it; null: nothing.</param>
internal sealed record Finding(string Check, string Status, string Detail, string? Remedy = null)
{
    public static Finding Pass(string check, string detail) => new(check, "Pass", detail);

    public static Finding Warn(string check, string detail, string? remedy) => new(check, "Warn", detail, remedy);

    public static Finding Fail(string check, string detail, string? remedy) => new(check, "Fail", detail, remedy);

    public static Finding Skipped(string check, string detail, string? remedy = null) => new(check, "Skipped", detail, remedy);

    /// <summary>The same of a target. One that is not in the table yet cannot be changed there.</summary>
    public FanOutTargetCheck Of(Candidate candidate) => CheckTarget.New(
        candidate, Check, Status, Detail, !candidate.IsRegistered && Remedy?.StartsWith("Set-FanOutTarget ", StringComparison.Ordinal) == true ? $"Register it so, or once it is registered: {Remedy}" : Remedy);
}
