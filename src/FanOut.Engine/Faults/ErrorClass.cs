using FanOut.Aws;
using FanOut.Engine.Batching;

namespace FanOut.Engine.Faults;

/// <summary>What an error that a service answered with a status means: what <see cref="KnownFaults"/> says of its code, else what the status says.</summary>
internal static class ErrorClass
{
    /// <summary>The class of an error.</summary>
    /// <param name="service">Who answered.</param>
    /// <param name="status">The HTTP status of the answer, or of one item in it.</param>
    /// <param name="code">The error's code.</param>
    /// <param name="message">Its words.</param>
    public static FailureClass Of(Service service, int status, string code, string message)
    {
        FailureClass? known = KnownFaults.ClassOf(service, code);
        return status switch
        {
            // What these two say stands above any code: not now.
            429 => FailureClass.Refused,
            503 => known is FailureClass.Refused ? FailureClass.Refused : FailureClass.Ambiguous,

            // ServiceClock has corrected it by now, or had no date to go by.
            _ when ServiceClock.IsBlamed(code, message) => FailureClass.Refused,
            _ when known is { } documented => documented,
            408 or >= 500 => FailureClass.Ambiguous,

            // A redirection is not followed: the endpoint is another one.
            401 or 403 or 404 or (>= 300 and < 400) => FailureClass.PermanentTarget,
            413 => FailureClass.PermanentItem,
            _ => FailureClass.Unknown,
        };
    }
}
