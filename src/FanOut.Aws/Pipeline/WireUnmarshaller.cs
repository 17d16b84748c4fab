using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.Pipeline;

/// <summary>Has answers read for the SDK's pipeline.</summary>
/// <param name="reader">Reads them.</param>
internal sealed class WireUnmarshaller<TResponse>(AnswerReader<TResponse> reader) : ResponseUnmarshaller
    where TResponse : AmazonWebServiceResponse, new()
{
    public override AmazonWebServiceResponse Unmarshall(UnmarshallerContext input)
    {
        var context = (BufferedContext)input;
        try
        {
            return reader.Read(context.Answer);
        }
        finally
        {
            context.GiveBack();
        }
    }

    public override AmazonServiceException UnmarshallException(UnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
    {
        var context = (BufferedContext)input;
        try
        {
            return reader.ReadRefusal(context.Answer, innerException);
        }
        finally
        {
            context.GiveBack();
        }
    }

    protected override UnmarshallerContext ConstructUnmarshallerContext(
        Stream responseStream, bool maintainResponseBody, IWebResponseData response, bool isException) => new BufferedContext(responseStream, response);

    protected override UnmarshallerContext ConstructUnmarshallerContext(
        Stream responseStream, bool maintainResponseBody, IWebResponseData response, bool isException, IRequestContext requestContext) =>
        new BufferedContext(responseStream, response);
}
