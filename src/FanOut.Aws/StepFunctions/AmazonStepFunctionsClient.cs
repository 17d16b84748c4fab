using System.Text.Json;
using Amazon.Runtime;
using FanOut.Aws.Protocols;
using FanOut.Aws.Signing;

namespace FanOut.Aws.StepFunctions;

/// <summary>AWS Step Functions.</summary>
public sealed class AmazonStepFunctionsClient : AwsClient
{
    private const string Target = "AWSStepFunctions";

    // {"stateMachineArn":"","name":"","input":""}
    private const int FrameBytes = 64;

    private static readonly AnswerReader<StartExecutionResponse> StartExecutionReader = new(ReadStartExecution, AwsJson.Instance, AmazonStepFunctionsException.Of);

    private readonly RequestHead _startExecution;

    /// <summary>A client for a region.</summary>
    /// <param name="credentials">The credentials to sign with; null: those of the SDK's default chain.</param>
    /// <param name="config">Region and endpoint, made with <see cref="Service"/>.</param>
    public AmazonStepFunctionsClient(AWSCredentials? credentials, AwsClientConfig config)
        : base(credentials, Service, config) => _startExecution = Head(AwsJson.Request("1.0", Target, "StartExecution"));

    /// <summary>The service's names.</summary>
    public static AwsService Service { get; } = new("SFN", "states", "states", "2016-11-23") { Exception = HostOf };

    /// <summary>Starts an execution, which goes on by itself.</summary>
    /// <exception cref="AmazonStepFunctionsException">
    /// The service refused the call; <c>ExecutionAlreadyExists</c>: there was one of this name, with another input, or it has ended.
    /// </exception>
    public async Task<StartExecutionResponse> StartExecutionAsync(StartExecutionRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var body = new RequestBody(FrameBytes + request.StateMachineArn.Length + request.Name.Length + JsonEscape.LengthOf(request.Input.Span));
        body.Write("{\"stateMachineArn\":"u8);
        body.WriteJsonString(request.StateMachineArn);
        body.Write(",\"name\":"u8);
        body.WriteJsonString(request.Name.Span);
        body.Write(",\"input\":"u8);
        body.WriteJsonString(request.Input.Span);
        body.Write("}"u8);
        return await SendAsync(_startExecution, body, StartExecutionReader, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A state machine.</summary>
    /// <exception cref="AmazonStepFunctionsException">The service refused the call; <c>StateMachineDoesNotExist</c>: there is no such state machine.</exception>
    public Task<DescribeStateMachineResponse> DescribeStateMachineAsync(DescribeStateMachineRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<DescribeStateMachineResponse>("DescribeStateMachine", json =>
        {
            json.Optional("stateMachineArn", request.StateMachineArn);
            json.WriteString("includedData", "METADATA_ONLY");
        },
        static (json, response) =>
        {
            response.StateMachineArn = json.Text("stateMachineArn");
            response.Name = json.Text("name");
            response.Status = json.Text("status");
            response.Type = json.Text("type");
            response.KmsKeyId = json.Member("encryptionConfiguration")?.Text("kmsKeyId");
        }, cancellationToken);
    }

    /// <summary>An alias of a state machine.</summary>
    /// <exception cref="AmazonStepFunctionsException">The service refused the call; <c>ResourceNotFound</c>: there is no such alias.</exception>
    public Task<DescribeStateMachineAliasResponse> DescribeStateMachineAliasAsync(DescribeStateMachineAliasRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<DescribeStateMachineAliasResponse>("DescribeStateMachineAlias", json => json.Optional("stateMachineAliasArn", request.StateMachineAliasArn),
        static (json, response) =>
        {
            response.StateMachineAliasArn = json.Text("stateMachineAliasArn");
            response.Name = json.Text("name");
        }, cancellationToken);
    }

    /// <summary>A page of the region's state machines.</summary>
    /// <exception cref="AmazonStepFunctionsException">The service refused the call.</exception>
    public Task<ListStateMachinesResponse> ListStateMachinesAsync(ListStateMachinesRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<ListStateMachinesResponse>("ListStateMachines", json =>
        {
            json.Optional("maxResults", request.MaxResults);
            json.Optional("nextToken", request.NextToken);
        },
        static (json, response) =>
        {
            response.StateMachines = json.Each("stateMachines", static m => new StateMachineListItem { StateMachineArn = m.Text("stateMachineArn"), Name = m.Text("name"), Type = m.Text("type") });
            response.NextToken = json.Token("nextToken");
        }, cancellationToken);
    }

    // In GovCloud West the usual host has validated cryptography, and no other name for it; dual-stack hosts of both regions are called by the name for it.
    private static string? HostOf(string region, EndpointVariant variant) => (region, variant.Fips, variant.DualStack) switch
    {
        ("us-gov-west-1", true, false) => ServiceHost.Of(Service, region, variant with { Fips = false }),
        ("us-gov-west-1" or "us-gov-east-1", false, true) => ServiceHost.Of(Service, region, variant with { Fips = true }),
        _ => null,
    };

    // {"executionArn":"arn:aws:states:…","startDate":1545084650.987}
    private static void ReadStartExecution(WireAnswer answer, StartExecutionResponse response)
    {
        var reader = new Utf8JsonReader(answer.Body);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isArn = reader.ValueTextEquals("executionArn"u8);
            reader.Read();
            response.ExecutionArn = isArn && reader.TokenType == JsonTokenType.String ? reader.Text() : response.ExecutionArn;
            reader.Skip();
        }
    }

    private async Task<TResponse> CallAsync<TResponse>(
        string operation, Action<Utf8JsonWriter> write, Action<JsonElement, TResponse> read, CancellationToken cancellationToken)
        where TResponse : AmazonWebServiceResponse, new()
    {
        using RequestBody body = AwsJson.Body(write);
        return await SendAsync(AwsJson.Request("1.0", Target, operation, body), AwsJson.Answers(read, AmazonStepFunctionsException.Of), cancellationToken)
            .ConfigureAwait(false);
    }
}
