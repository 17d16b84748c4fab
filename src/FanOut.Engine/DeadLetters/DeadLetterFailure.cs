using FanOut.Engine.Batching;
using FanOut.Engine.Mappings;

namespace FanOut.Engine.DeadLetters;

/// <summary>Why a dead-letter destination did not take a record: names the destination, who asked, and what to do.</summary>
internal static class DeadLetterFailure
{
    /// <summary>The failure of one record.</summary>
    /// <param name="failure">As it came from the destination, or because time was up.</param>
    /// <param name="destination">The dead-letter destination.</param>
    /// <param name="action">What to allow, for people: <c>sqs:SendMessage</c>.</param>
    public static Failure Of(Failure failure, Destination destination, string action) => failure with
    {
        Reason = failure.Class == FailureClass.OutOfTime
            ? $"The dead letter {destination} did not take it in time. {failure.Reason}"
            : $"The dead letter {destination} did not take it from the function's own role: {failure.Reason} {Advice(failure, destination, action)}",
    };

    private static string Advice(Failure failure, Destination destination, string action) => (failure.Class, destination) switch
    {
        (FailureClass.PermanentTarget, BucketDestination { BucketRegion: null }) when failure.Code is "PermanentRedirect" or "AuthorizationHeaderMalformed" =>
            $"If the bucket lies in another region than the function, name it: {destination.Text}?region=….",
        (FailureClass.PermanentTarget, _) =>
            $"It must be there and allow {action}: Get-FanOutPolicy writes the statement, Set-FanOutTarget -DeadLetter names another destination.",
        _ => "Its records count as failed and come again.",
    };
}
