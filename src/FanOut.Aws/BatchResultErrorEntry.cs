namespace FanOut.Aws;

/// <summary>An item of a batch call that the service did not take.</summary>
/// <param name="Index">Its position in the request, from 0.</param>
/// <param name="ErrorCode">The service's code.</param>
/// <param name="ErrorMessage">The service's message.</param>
/// <param name="SenderFault">Whether the service blames the sender, as it does for being throttled, too. Only SQS and SNS say so.</param>
public readonly record struct BatchResultErrorEntry(int Index, string ErrorCode, string ErrorMessage, bool SenderFault = false)
{
    /// <summary>The service's code, cut.</summary>
    public string ErrorCode { get; init; } = OutsideText.Cut(ErrorCode, OutsideText.MostOfWord);

    /// <summary>The service's words, cut.</summary>
    public string ErrorMessage { get; init; } = OutsideText.Cut(ErrorMessage);
}
