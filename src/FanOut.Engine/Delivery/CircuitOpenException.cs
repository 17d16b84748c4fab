using System.Globalization;
using FanOut.Engine.Batching;

namespace FanOut.Engine.Delivery;

/// <summary>A target is not called, because calls before found it out of reach.</summary>
/// <param name="reason">What they found.</param>
/// <param name="until">When it is tried again.</param>
public sealed class CircuitOpenException(Failure reason, DateTimeOffset until)
    : Exception(string.Create(CultureInfo.InvariantCulture, $"Not sent, because the target was out of reach; it is tried again at {until:HH:mm:ss}Z. {reason.Code}: {reason.Reason}"))
{
    /// <summary>The code of the failure that it is made into.</summary>
    public const string Code = "CircuitOpen";
}
