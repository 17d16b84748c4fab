using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;
using FanOut.Engine.Targets;

namespace FanOut.Tests.Delivery;

public class ClassifyTests
{
    [Theory]
    [InlineData(400, "ProvisionedThroughputExceededException", FailureClass.Refused)]
    [InlineData(400, null, FailureClass.Unknown)]
    [InlineData(500, null, FailureClass.Ambiguous)]
    public void A_service_s_refusal_has_its_code_its_words_and_its_request(int status, string? code, FailureClass expected)
    {
        Failure failure = Classify.Of(DeliverTests.Service((HttpStatusCode)status, code));

        Assert.Equal(expected, failure.Class);
        Assert.Equal(code ?? $"Http{status}", failure.Code);
        Assert.Equal("the service's words (request request-1)", failure.Reason);
    }

    public static TheoryData<Exception, FailureClass> Others => new()
    {
        { new TargetFaultException(new Failure(FailureClass.PermanentTarget, "cluster_block_exception", "blocked")), FailureClass.PermanentTarget },
        { new CacheAccessDeniedException("denied"), FailureClass.PermanentTarget },
        { new CacheUnavailableException("away"), FailureClass.Ambiguous },
        { new CacheUnavailableException("refused") { IsUnreachable = true }, FailureClass.Refused },
        { new HttpRequestException(HttpRequestError.ConnectionError, "no route"), FailureClass.Refused },
        { new TimeoutException("not connected in time"), FailureClass.Ambiguous },
        { new UntrustworthyAnswerException("3 of 4"), FailureClass.Ambiguous },
        { new AmazonUnmarshallingException("id", "", null, HttpStatusCode.OK), FailureClass.Ambiguous },
        { new AmazonServiceException("no status"), FailureClass.Ambiguous },
        { new TaskCanceledException(), FailureClass.Ambiguous },
        { new IOException("reset"), FailureClass.Ambiguous },
        { new HttpRequestException("refused", new SocketException((int)SocketError.ConnectionRefused)), FailureClass.Refused },
        { new HttpRequestException("no such host", new SocketException((int)SocketError.HostNotFound)), FailureClass.Refused },
        { new HttpRequestException("reset", new SocketException((int)SocketError.ConnectionReset)), FailureClass.Ambiguous },
        { new InvalidOperationException("our own fault"), FailureClass.Ambiguous },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public void What_is_no_refusal_of_a_service_is_one_of_the_table_too(Exception exception, FailureClass expected) =>
        Assert.Equal(expected, Classify.Of(exception).Class);
}
