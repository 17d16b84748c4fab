namespace FanOut.Aws;

/// <summary>An item of a batch call that the service did not take.</summary>
/// <param name="Index">Its position in the request, from 0.</param>
/// <param name="ErrorCode">The service's code.</param>
/// <param name="ErrorMessage">The service's message.</param>
/// <param name="SenderFault">Whether the service blames the sender, as it does for being throttled, too. Only SQS and SNS say so.</param>
public readonly record struct BatchResultErrorEntry(int Index, string ErrorCode, string ErrorMessage, bool SenderFault = false)
{
    /// <summary>The code of an item of which the answer says neither that it was taken nor why it was not.</summary>
    public const string UnconfirmedCode = "MalformedAnswer";

    /// <summary>The service's code, cut.</summary>
    public string ErrorCode { get; init; } = OutsideText.Cut(ErrorCode, OutsideText.MostOfWord);

    /// <summary>The service's words, cut.</summary>
    public string ErrorMessage { get; init; } = OutsideText.Cut(ErrorMessage);

    /// <summary>An item that the answer does not confirm: without the service's word it does not count as taken.</summary>
    internal static BatchResultErrorEntry Unconfirmed(int index) => new(index, UnconfirmedCode, "The answer does not say of this item that it was taken.");
}
