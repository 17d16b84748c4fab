using System.Globalization;

namespace FanOut.Quickstart;

/// <summary>Prints what arrived where.</summary>
internal static class Report
{
    /// <summary>Prints the table and returns whether every record arrived exactly once at every target.</summary>
    public static async Task<bool> PrintAsync(IReadOnlyList<TargetCheck> checks, TextWriter output)
    {
        bool complete = true;
        string header = string.Create(CultureInfo.InvariantCulture, $"{"source",-9} {"target",-22} {"records",9} {"calls",6} {"bytes",9}  sample");
        await output.WriteLineAsync(header).ConfigureAwait(false);
        await output.WriteLineAsync(new string('-', 110)).ConfigureAwait(false);
        foreach (TargetCheck check in checks)
        {
            Arrived arrived = await check.Look().ConfigureAwait(false);
            string records = string.Create(CultureInfo.InvariantCulture, $"{arrived.Records.Count}/{check.Expected.Count}");
            string calls = arrived.Calls?.ToString(CultureInfo.InvariantCulture) ?? "";
            string line = string.Create(
                CultureInfo.InvariantCulture, $"{check.Source,-9} {check.Target,-22} {records,9} {calls,6} {arrived.Bytes,9}  {Cut(arrived.Sample, 50)}");
            await output.WriteLineAsync(line).ConfigureAwait(false);
            foreach (string difference in arrived.Differences(check.Expected).Take(3))
            {
                complete = false;
                await output.WriteLineAsync($"          {difference}").ConfigureAwait(false);
            }
        }

        return complete;
    }

    /// <summary>The beginning of a text, on one line.</summary>
    public static string Cut(string text, int length)
    {
        text = text.ReplaceLineEndings(" ");
        return text.Length <= length ? text : text[..(length - 1)] + "…";
    }
}
