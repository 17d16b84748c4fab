using Amazon.Runtime;
using FanOut.Engine.Batching;
using FanOut.Engine.Mappings;

namespace FanOut.Engine.DeadLetters;

/// <summary>Why a dead letter did not take a record: names the destination, who asked, and what to do.</summary>
internal static class DeadLetterFailure
{
    /// <summary>The failure of a call.</summary>
    /// <param name="failure">As the exception is classified.</param>
    /// <param name="exception">The exception.</param>
    /// <param name="destination">The dead letter.</param>
    /// <param name="action">What to allow.</param>
    public static Failure Of(Failure failure, Exception exception, Destination destination, string action) =>
        Of(failure with { RequestId = failure.RequestId ?? (exception as AmazonServiceException)?.RequestId }, destination, action);

    /// <summary>The failure of an item.</summary>
    public static Failure Of(Failure failure, Destination destination, string action) =>
        failure with { Reason = $"The dead letter {destination} did not take it from the function's own role: {failure.Reason} {Advice(failure, destination, action)}" };

    /// <summary>Time was up.</summary>
    public static Failure OutOfTime(Destination destination, Failure? last) => last is null
        ? new Failure(FailureClass.OutOfTime, "OutOfTime", $"The invocation's time was up before it was sent to the dead letter {destination}; give the function a longer time-out or smaller batches.")
        : last with { Class = FailureClass.OutOfTime, Reason = $"Refused until the invocation's time was up: {last.Reason}" };

    /// <summary>Whether the service says that the message is too long for it: a queue's own limit may be lower than the service's.</summary>
    public static bool IsTooLong(Failure failure) =>
        failure.Reason.Contains("must be shorter than", StringComparison.OrdinalIgnoreCase) || failure.Reason.Contains("too long", StringComparison.OrdinalIgnoreCase);

    private static string Advice(Failure failure, Destination destination, string action) => (failure.Class, destination) switch
    {
        (FailureClass.PermanentTarget, BucketDestination { BucketRegion: null }) when failure.Code is "PermanentRedirect" or "AuthorizationHeaderMalformed" =>
            $"If the bucket lies in another region than the function, name it: {destination.Text}?region=….",
        (FailureClass.PermanentTarget, _) =>
            $"It must be there and allow {action}: Get-FanOutPolicy writes the statement, Set-FanOutTarget -DeadLetter names another destination.",
        _ => "Its records count as failed and come again.",
    };
}
