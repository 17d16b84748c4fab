using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;

namespace FanOut.Aws.Protocols;

/// <summary>Turns answers into responses, and error answers into exceptions.</summary>
/// <param name="read">Reads an answer's body into the response.</param>
/// <param name="protocol">Reads error answers.</param>
/// <param name="fail">Makes the service's exception.</param>
internal sealed class WireUnmarshaller<TResponse>(WireUnmarshaller<TResponse>.ReadAnswer read, WireProtocol protocol, WireFailure fail) : ResponseUnmarshaller
    where TResponse : AmazonWebServiceResponse, new()
{
    public delegate void ReadAnswer(BufferedContext answer, TResponse response);

    public override AmazonWebServiceResponse Unmarshall(UnmarshallerContext input)
    {
        var answer = (BufferedContext)input;
        var response = new TResponse
        {
            ResponseMetadata = new ResponseMetadata { RequestId = answer.Header("x-amzn-RequestId") ?? answer.Header("x-amz-request-id") ?? "" },
            HttpStatusCode = answer.ResponseData.StatusCode,
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
            throw new AmazonUnmarshallingException(response.ResponseMetadata.RequestId, "", e, answer.ResponseData.StatusCode);
        }

        return response;
    }

    public override AmazonServiceException UnmarshallException(UnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
    {
        WireError error = protocol.ReadError((BufferedContext)input, statusCode);
        return fail(error.Message, innerException, (int)statusCode >= 500 ? ErrorType.Receiver : ErrorType.Sender, error.Code, error.RequestId, statusCode);
    }

    protected override UnmarshallerContext ConstructUnmarshallerContext(
        Stream responseStream, bool maintainResponseBody, IWebResponseData response, bool isException) => new BufferedContext(responseStream, response);

    protected override UnmarshallerContext ConstructUnmarshallerContext(
        Stream responseStream, bool maintainResponseBody, IWebResponseData response, bool isException, IRequestContext requestContext) =>
        new BufferedContext(responseStream, response);
}
