using System.Text;
using Amazon.Runtime;

namespace FanOut.Aws.Protocols;

/// <summary>
/// AWS CBOR 1.1, the protocol in which the AWS SDK for Java calls Kinesis: the members of AWS JSON 1.1, but bytes as they are. Keeps in mind whether an
/// endpoint knows it: what stands in for Kinesis often does not.
/// </summary>
/// <remarks>
/// No document of AWS describes it; that the service speaks it follows from its SDK (https://github.com/aws/aws-sdk-java-v2/tree/master/core/protocols/aws-cbor-protocol),
/// from which <c>AWS_CBOR_DISABLE</c> comes too.
/// </remarks>
/// <param name="isDisabled">Whether it is not to be used at all.</param>
internal sealed class AwsCbor(bool isDisabled) : WireProtocol
{
    /// <summary>The content type of requests and answers.</summary>
    public const string ContentType = "application/x-amz-cbor-1.1";

    /// <summary>The variable that forbids it when it is <c>true</c>.</summary>
    public const string DisableVariable = "AWS_CBOR_DISABLE";

    private volatile bool _isGivenUp = isDisabled;
    private volatile bool _isProven;

    /// <summary>Whether requests are to be made in it.</summary>
    public bool IsUsed => !_isGivenUp;

    /// <summary>Whether an answer is in CBOR, which proves that the endpoint knows it.</summary>
    public bool IsOf(WireAnswer answer)
    {
        bool isOf = answer.Header("Content-Type")?.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase) == true;
        _isProven |= isOf;
        return isOf;
    }

    /// <summary>Whether a refusal may mean that the endpoint does not know CBOR: it has never spoken it, and names no other reason.</summary>
    public bool IsDoubtedBy(AmazonServiceException refusal) => !_isProven && IsWithoutReason(refusal);

    /// <summary>The same request went through in JSON, or was refused for a reason: from now on all are in JSON.</summary>
    public void GiveUp() => _isGivenUp = true;

    /// <summary>Whether a refusal is about the request's form, or has no code of a service at all, such as a web server's page.</summary>
    public static bool IsWithoutReason(AmazonServiceException refusal) =>
        refusal.ErrorCode is "SerializationException" or "UnknownOperationException" or "UnsupportedMediaTypeException"
        || refusal.ErrorCode.StartsWith("Http", StringComparison.Ordinal);

    // {"__type":"…","message":"…"}; some write "Message".
    protected override WireError Read(WireAnswer answer)
    {
        if (!IsOf(answer))
        {
            return AwsJson.Instance.ReadOwn(answer);
        }

        string code = answer.Header("x-amzn-ErrorType") ?? "", message = "";
        var cursor = new CborCursor(answer.Body);
        try
        {
            int members = cursor.Enter(CborType.Map);
            while (cursor.HasMore(ref members))
            {
                ReadOnlySpan<byte> name = cursor.ReadText();
                if (cursor.Next != CborType.Text)
                {
                    cursor.Skip();
                    continue;
                }

                string text = Encoding.UTF8.GetString(cursor.ReadText());
                (code, message) = name.SequenceEqual("__type"u8) && code.Length == 0 ? (text, message)
                    : name.SequenceEqual("message"u8) || name.SequenceEqual("Message"u8) ? (code, text)
                    : (code, message);
            }
        }
        catch (FormatException)
        {
            // What was said before it stopped making sense counts.
        }

        return new WireError(code, message.Length > 0 ? message : "The service gave no reason.", "");
    }
}
