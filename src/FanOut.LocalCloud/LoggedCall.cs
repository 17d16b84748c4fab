namespace FanOut.LocalCloud;

/// <summary>One call in the log of the cloud.</summary>
/// <param name="Number">Counted from 1 in the order of arrival; the log itself is in the order in which calls ended.</param>
/// <param name="Time">When it arrived.</param>
/// <param name="Service">The signing name; empty when the signature could not be read.</param>
/// <param name="Operation">The operation; empty if it could not be read.</param>
/// <param name="Destination">The resource; null when the operation has none.</param>
/// <param name="AccessKeyId">Who signed; empty when the signature could not be read.</param>
/// <param name="AccountId">The signer's account; empty when the signature could not be read.</param>
/// <param name="Region">The region signed for; empty when the signature could not be read.</param>
/// <param name="Bytes">The size of the body as it was sent.</param>
/// <param name="Status">The status answered; 0 when there was no answer.</param>
/// <param name="ErrorCode">The error's code; null: no error.</param>
/// <param name="RequestId">The id in <c>x-amzn-RequestId</c>.</param>
/// <param name="BodyDigest">SHA-256 of the body as it was sent, in hexadecimal digits.</param>
/// <param name="Headers">The request's headers, for example <c>X-Amzn-Trace-Id</c>.</param>
public sealed record LoggedCall(
    int Number,
    DateTimeOffset Time,
    string Service,
    string Operation,
    string? Destination,
    string AccessKeyId,
    string AccountId,
    string Region,
    int Bytes,
    int Status,
    string? ErrorCode,
    string RequestId,
    string BodyDigest,
    IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>
    /// Whether it could change anything: every operation except those that only read or only give out credentials. A call that failed, or whose operation
    /// could not be read, counts too.
    /// </summary>
    public bool IsChanging => !ReadOperations.Contains(Operation) && !(Operation == "Invoke" && Headers.GetValueOrDefault("X-Amz-Invocation-Type") == "DryRun");

    /// <summary>Whether it was about a resource with this ARN, or with this name (the last part of the ARN).</summary>
    public bool IsFor(string destination) => Destination is not null && DestinationName.Is(Destination, destination);
}
