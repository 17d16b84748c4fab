using System.Text.Json;
using Amazon.Runtime;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.CloudWatchLogs;

/// <summary>Amazon CloudWatch Logs.</summary>
public sealed class AmazonCloudWatchLogsClient : AwsClient
{
    /// <summary>A client for a region.</summary>
    /// <param name="credentials">The credentials to sign with; null: those of the SDK's default chain.</param>
    /// <param name="config">Region and endpoint, made with <see cref="Service"/>.</param>
    public AmazonCloudWatchLogsClient(AWSCredentials? credentials, AwsClientConfig config)
        : base(credentials, Service, config)
    {
    }

    /// <summary>The service's names.</summary>
    public static AwsService Service { get; } = new("CloudWatch Logs", "logs", "logs", "2014-03-28") { IsFipsInGovCloud = true };

    /// <summary>Makes a log group.</summary>
    /// <exception cref="AmazonCloudWatchLogsException">The service refused the call; <c>ResourceAlreadyExistsException</c>: it exists.</exception>
    public Task<CreateLogGroupResponse> CreateLogGroupAsync(CreateLogGroupRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<CreateLogGroupResponse>("CreateLogGroup", json =>
        {
            json.WriteString("logGroupName", request.LogGroupName);
            json.Optional("kmsKeyId", request.KmsKeyId);
            json.Optional("tags", request.Tags);
        }, static (_, _) => { }, cancellationToken);
    }

    /// <summary>A page of the region's log groups.</summary>
    /// <exception cref="AmazonCloudWatchLogsException">The service refused the call.</exception>
    public Task<DescribeLogGroupsResponse> DescribeLogGroupsAsync(DescribeLogGroupsRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<DescribeLogGroupsResponse>("DescribeLogGroups", json =>
        {
            json.Optional("logGroupNamePrefix", request.LogGroupNamePrefix);
            json.Optional("limit", request.Limit);
            json.Optional("nextToken", request.NextToken);
        }, LogGroupJson.Read, cancellationToken);
    }

    /// <summary>A page of a log group's lines.</summary>
    /// <exception cref="AmazonCloudWatchLogsException">The service refused the call; <c>ResourceNotFoundException</c>: there is no such log group.</exception>
    public Task<FilterLogEventsResponse> FilterLogEventsAsync(FilterLogEventsRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<FilterLogEventsResponse>("FilterLogEvents", json =>
        {
            json.WriteString("logGroupName", request.LogGroupName);
            if (request.StartTime is { } start)
            {
                json.WriteNumber("startTime", start.ToUnixTimeMilliseconds());
            }

            if (request.EndTime is { } end)
            {
                json.WriteNumber("endTime", end.ToUnixTimeMilliseconds());
            }

            json.Optional("filterPattern", request.FilterPattern);
            json.Optional("limit", request.Limit);
            json.Optional("nextToken", request.NextToken);
        }, LogEventJson.Read, cancellationToken);
    }

    /// <summary>Sets how long a log group keeps its content.</summary>
    /// <exception cref="AmazonCloudWatchLogsException">
    /// The service refused the call; <c>ResourceNotFoundException</c>: there is no such log group, <c>InvalidParameterException</c>:
    /// not one of the allowed numbers.
    /// </exception>
    public Task<PutRetentionPolicyResponse> PutRetentionPolicyAsync(PutRetentionPolicyRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<PutRetentionPolicyResponse>("PutRetentionPolicy", json =>
        {
            json.WriteString("logGroupName", request.LogGroupName);
            json.WriteNumber("retentionInDays", request.RetentionInDays);
        }, static (_, _) => { }, cancellationToken);
    }

    /// <summary>Lets a log group keep its content for ever.</summary>
    /// <exception cref="AmazonCloudWatchLogsException">The service refused the call; <c>ResourceNotFoundException</c>: there is no such log group.</exception>
    public Task<DeleteRetentionPolicyResponse> DeleteRetentionPolicyAsync(DeleteRetentionPolicyRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<DeleteRetentionPolicyResponse>(
            "DeleteRetentionPolicy", json => json.WriteString("logGroupName", request.LogGroupName), static (_, _) => { }, cancellationToken);
    }

    /// <summary>Deletes a log group with all its content.</summary>
    /// <exception cref="AmazonCloudWatchLogsException">The service refused the call; <c>ResourceNotFoundException</c>: there is no such log group.</exception>
    public Task<DeleteLogGroupResponse> DeleteLogGroupAsync(DeleteLogGroupRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<DeleteLogGroupResponse>(
            "DeleteLogGroup", json => json.WriteString("logGroupName", request.LogGroupName), static (_, _) => { }, cancellationToken);
    }

    /// <summary>Gives a log group tags.</summary>
    /// <exception cref="AmazonCloudWatchLogsException">The service refused the call; <c>ResourceNotFoundException</c>: there is no such log group.</exception>
    public Task<TagLogsResourceResponse> TagResourceAsync(TagLogsResourceRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<TagLogsResourceResponse>("TagResource", json =>
        {
            json.WriteString("resourceArn", request.ResourceArn);
            json.Optional("tags", request.Tags);
        }, static (_, _) => { }, cancellationToken);
    }

    /// <summary>A log group's tags.</summary>
    /// <exception cref="AmazonCloudWatchLogsException">The service refused the call; <c>ResourceNotFoundException</c>: there is no such log group.</exception>
    public Task<ListTagsForResourceResponse> ListTagsForResourceAsync(ListTagsForResourceRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<ListTagsForResourceResponse>(
            "ListTagsForResource",
            json => json.WriteString("resourceArn", request.ResourceArn),
            static (json, response) => response.Tags = json.Map("tags"),
            cancellationToken);
    }

    /// <summary>Encrypts a log group's content with a key.</summary>
    /// <exception cref="AmazonCloudWatchLogsException">
    /// The service refused the call; <c>ResourceNotFoundException</c>: there is no such log group, <c>InvalidParameterException</c>:
    /// the key cannot be used.
    /// </exception>
    public Task<AssociateKmsKeyResponse> AssociateKmsKeyAsync(AssociateKmsKeyRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<AssociateKmsKeyResponse>("AssociateKmsKey", json =>
        {
            json.WriteString("logGroupName", request.LogGroupName);
            json.WriteString("kmsKeyId", request.KmsKeyId);
        }, static (_, _) => { }, cancellationToken);
    }

    private async Task<TResponse> CallAsync<TResponse>(
        string operation, Action<Utf8JsonWriter> write, Action<JsonElement, TResponse> read, CancellationToken cancellationToken)
        where TResponse : AmazonWebServiceResponse, new()
    {
        using RequestBody body = AwsJson.Body(write);
        return await SendAsync(
            AwsJson.Request("1.1", "Logs_20140328", operation, body), AwsJson.Answers(read, AmazonCloudWatchLogsException.Of), cancellationToken)
            .ConfigureAwait(false);
    }
}
