using System.Globalization;
using FanOut.Parameters;

namespace FanOut.Completion;

/// <summary>Completes the numbers of days that CloudWatch Logs can keep logs.</summary>
public sealed class LogRetentionCompleter : Completer
{
    /// <inheritdoc/>
    private protected override IEnumerable<Value> Values(Typed typed) => LogRetentionAttribute.Days.Select(
        static d => new Value(d.ToString(CultureInfo.InvariantCulture), d == 1 ? "1 day" : d < 365 ? $"{d} days" : string.Create(CultureInfo.InvariantCulture, $"{d} days, about {d / 365.25:0.#} years")));
}
