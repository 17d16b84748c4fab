using Amazon.DynamoDBv2.Model;
using Amazon.SecurityToken.Model;
using FanOut.Aws.IdentityManagement;
using FanOut.Aws.Lambda;
using FanOut.Aws.Sns;
using FanOut.Aws.Sqs;
using FanOut.Credentials;
using FanOut.Errors;

namespace FanOut.Tests.Hostile;

/// <summary>What the module calls answers without end, hugely or with garbage: the call ends, little was taken, and the error is short.</summary>
public sealed class HostileModuleTests
{
    private const long MostTaken = 24 * 1024 * 1024;

    // AWSSDK sends what fails with a status of 500 again.
    private const int MostCalls = 4;

    private static readonly Dictionary<string, Func<AwsSession, CancellationToken, Task>> Calls = new()
    {
        ["DynamoDB"] = static (s, c) => s.Dynamo.QueryAsync(new QueryRequest { TableName = "t", KeyConditionExpression = "a = b" }, c),
        ["STS"] = static (s, c) => s.Sts.GetCallerIdentityAsync(new GetCallerIdentityRequest(), c),
        ["Lambda"] = static (s, c) => s.Client(AmazonLambdaClient.Service, static (k, f) => new AmazonLambdaClient(k, f)).ListFunctionsAsync(new ListFunctionsRequest(), c),
        ["IAM"] = static (s, c) => s.Client(AmazonIdentityManagementServiceClient.Service, static (k, f) => new AmazonIdentityManagementServiceClient(k, f)).GetRoleAsync(new GetRoleRequest { RoleName = "r" }, c),
        ["SQS"] = static (s, c) => s.Client(AmazonSQSClient.Service, static (k, f) => new AmazonSQSClient(k, f)).ListQueuesAsync(new ListQueuesRequest(), c),
        ["SNS"] = static (s, c) => s.Client(AmazonSimpleNotificationServiceClient.Service, static (k, f) => new AmazonSimpleNotificationServiceClient(k, f)).ListTopicsAsync(new ListTopicsRequest(), c),
    };

    // All share their connections; they differ in who reads errors.
    private static readonly string[] OfErrors = ["endless", "a huge error", "a huge error in XML", "a huge code"];

    public static TheoryData<string, string> Cases => new(
        from call in Calls.Keys from answer in HttpAnswers.All.Keys where call == "DynamoDB" || OfErrors.Contains(answer) select (call, answer));

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_call_ends_by_itself_takes_little_and_fails_with_a_short_error(string call, string answer)
    {
        await using HostileHost host = HostileHost.Start(async a =>
        {
            await HttpAnswers.ReceiveAsync(a);
            await HttpAnswers.All[answer](a);
        });
        var request = new SessionRequest { AccessKey = "AKIAHERE", SecretKey = "s", Region = "us-east-1", EndpointUrl = host.Endpoint, Timeout = TimeSpan.FromSeconds(5) };
        using AwsSession session = OpenSession.Of(request, new CallLog(), TimeProvider.System, static _ => null, TestContext.Current.CancellationToken);

        Exception? exception = await Record.ExceptionAsync(() => Calls[call](session, TestContext.Current.CancellationToken));

        Assert.NotNull(exception);
        FanOutException error = FanOutError.Of(exception, null, null);
        Assert.InRange(error.Message.Length, 1, 2_500);
        Assert.InRange(error.AwsErrorCode?.Length ?? 0, 0, 200);
        Assert.InRange(error.RequestId?.Length ?? 0, 0, 200);
        Assert.InRange(host.Sent, 0, MostCalls * MostTaken);
    }
}
