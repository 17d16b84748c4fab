using Amazon.Runtime;

namespace FanOut.Aws.Protocols;

/// <summary>Turns answers into responses, and refusals into exceptions.</summary>
/// <param name="read">Reads an answer's body into the response.</param>
/// <param name="protocol">Reads refusals.</param>
/// <param name="fail">Makes the service's exception.</param>
internal sealed class AnswerReader<TResponse>(AnswerReader<TResponse>.ReadAnswer read, WireProtocol protocol, WireFailure fail)
    where TResponse : AmazonWebServiceResponse, new()
{
    public delegate void ReadAnswer(WireAnswer answer, TResponse response);

    /// <summary>Reads an answer with success.</summary>
    /// <exception cref="AmazonUnmarshallingException">It is not one of the service.</exception>
    public TResponse Read(WireAnswer answer)
    {
        var response = new TResponse
        {
            HttpStatusCode = answer.Status,
            ContentLength = answer.Body.Length,
        };
        try
        {
            read(answer, response);
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or System.Xml.XmlException or InvalidOperationException or FormatException
            or ArgumentException or OverflowException)
        {
            // It is not known what the service did: the caller must treat the call as ambiguous.
            throw new AmazonUnmarshallingException(answer.RequestId, "", e, answer.Status);
        }

        return response;
    }

    /// <summary>Reads a refusal.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="cause">The pipeline's own exception; null: none.</param>
    public AmazonServiceException ReadRefusal(WireAnswer answer, Exception? cause = null)
    {
        WireError error = protocol.ReadError(answer, answer.Status);
        return fail(error.Message, cause, (int)answer.Status >= 500 ? ErrorType.Receiver : ErrorType.Sender, error.Code, error.RequestId, answer.Status);
    }
}
