using FanOut.Errors;

namespace FanOut.Sources;

/// <summary>The warning that Lambda gives something up without anybody's being told.</summary>
internal static class DropWarning
{
    /// <summary>The warning.</summary>
    /// <param name="what">What is given up: records, messages.</param>
    /// <param name="retries">How often it is tried again; negative: for ever.</param>
    /// <param name="age">How old it may become; not positive: any age.</param>
    /// <param name="orElse">What helps besides an on-failure destination; empty: nothing does.</param>
    public static string Of(string what, int retries, TimeSpan age, string orElse = "")
    {
        string[] limits = [.. retries < 0 ? Array.Empty<string>() : [$"in {retries + 1} attempts"], .. age > TimeSpan.Zero ? [$"before they are {DurationText.Of(age)} old"] : Array.Empty<string>()];
        return $"Lambda drops {what} that cannot be delivered {string.Join(" or ", limits)}, and nothing reports them: give -OnFailureDestination{orElse}.";
    }
}
