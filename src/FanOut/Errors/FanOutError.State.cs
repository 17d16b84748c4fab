using System.Management.Automation;

namespace FanOut.Errors;

/// <content>Errors about desired states.</content>
internal static partial class FanOutError
{
    // More than a screen of them helps nobody.
    private const int MostFaults = 30;

    /// <summary>A desired state cannot be used.</summary>
    /// <param name="origin">What it was read from.</param>
    /// <param name="faults">What is wrong, with places.</param>
    public static FanOutException StateInvalid(string origin, IReadOnlyList<string> faults) => new(
        "StateInvalid",
        ErrorCategory.InvalidData,
        origin,
        $"The desired state in {origin} cannot be used, and nothing was changed. {(faults.Count == 1 ? "It has a fault" : $"It has {faults.Count} faults")}:\n"
            + string.Join('\n', faults.Take(MostFaults).Select(static f => $"  {f}"))
            + (faults.Count > MostFaults ? $"\n  and {faults.Count - MostFaults} more" : ""))
    {
        Advice = "docs/desired-state.md says what a file may have; an editor that knows its $schema shows it while you type.",
        IsTerminating = true,
    };

    /// <summary>There is no such file.</summary>
    public static FanOutException FileNotFound(string file, Exception? cause = null) => new(
        "FileNotFound", ErrorCategory.ObjectNotFound, file, $"There is no file {file}.", cause)
    {
        Advice = "Give the path of a file that is there.",
        IsTerminating = true,
    };

    /// <summary>A file could not be read.</summary>
    public static FanOutException FileNotRead(string file, Exception cause) => new(
        "FileNotRead", ErrorCategory.ReadError, file, $"The file {file} could not be read: {Sentence(cause.Message)}", cause)
    {
        Advice = "Give the path of a file that you may read.",
        IsTerminating = true,
    };
}
