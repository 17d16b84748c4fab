using System.Text.Json;
using Amazon.Runtime;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.CloudWatch;

/// <content>Alarms and dashboards.</content>
public sealed partial class AmazonCloudWatchClient
{
    /// <summary>A page of alarms of metrics.</summary>
    /// <exception cref="AmazonCloudWatchException">The service refused the call.</exception>
    public Task<DescribeAlarmsResponse> DescribeAlarmsAsync(DescribeAlarmsRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<DescribeAlarmsResponse>("DescribeAlarms", json =>
        {
            json.Optional("AlarmNames", request.AlarmNames);
            json.Optional("NextToken", request.NextToken);
        }, AlarmJson.Read, cancellationToken);
    }

    /// <summary>Makes an alarm, or puts all settings of one that is there; tags are set only on a new one.</summary>
    /// <exception cref="AmazonCloudWatchException">The service refused the call; <c>LimitExceeded</c>: the account has too many.</exception>
    public Task<PutMetricAlarmResponse> PutMetricAlarmAsync(PutMetricAlarmRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<PutMetricAlarmResponse>("PutMetricAlarm", json => AlarmJson.Write(json, request), static (_, _) => { }, cancellationToken);
    }

    /// <summary>Deletes alarms, up to 100.</summary>
    /// <exception cref="AmazonCloudWatchException">The service refused the call; <c>ResourceNotFound</c>: one is not there, and none is deleted.</exception>
    public Task<DeleteAlarmsResponse> DeleteAlarmsAsync(DeleteAlarmsRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<DeleteAlarmsResponse>("DeleteAlarms", json => json.Optional("AlarmNames", request.AlarmNames), static (_, _) => { }, cancellationToken);
    }

    /// <summary>An alarm's tags.</summary>
    /// <exception cref="AmazonCloudWatchException">The service refused the call; <c>ResourceNotFoundException</c>: it is not there.</exception>
    public Task<ListAlarmTagsResponse> ListTagsForResourceAsync(ListAlarmTagsRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<ListAlarmTagsResponse>(
            "ListTagsForResource", json => json.Optional("ResourceARN", request.ResourceArn), static (json, response) => response.Tags = AlarmJson.ReadTags(json), cancellationToken);
    }

    /// <summary>Sets tags of an alarm; others stay.</summary>
    /// <exception cref="AmazonCloudWatchException">The service refused the call; <c>ResourceNotFoundException</c>: it is not there.</exception>
    public Task<TagAlarmResponse> TagResourceAsync(TagAlarmRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<TagAlarmResponse>("TagResource", json =>
        {
            json.Optional("ResourceARN", request.ResourceArn);
            AlarmJson.WriteTags(json, request.Tags);
        }, static (_, _) => { }, cancellationToken);
    }

    /// <summary>A dashboard.</summary>
    /// <exception cref="AmazonCloudWatchException">The service refused the call; status 404: it is not there.</exception>
    public Task<GetDashboardResponse> GetDashboardAsync(GetDashboardRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<GetDashboardResponse>("GetDashboard", json => json.Optional("DashboardName", request.DashboardName), static (json, response) =>
        {
            response.DashboardArn = json.Text("DashboardArn");
            response.DashboardBody = json.Text("DashboardBody");
        }, cancellationToken);
    }

    /// <summary>Makes a dashboard, or puts all of one that is there.</summary>
    /// <exception cref="AmazonCloudWatchException">The service refused the call; <c>InvalidParameterInput</c>: the body is not valid.</exception>
    public Task<PutDashboardResponse> PutDashboardAsync(PutDashboardRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<PutDashboardResponse>("PutDashboard", json =>
        {
            json.Optional("DashboardName", request.DashboardName);
            json.Optional("DashboardBody", request.DashboardBody);
        }, static (json, response) => response.Messages = json.Each("DashboardValidationMessages", static m => $"{m.Text("DataPath")}: {m.Text("Message")}"), cancellationToken);
    }

    /// <summary>Deletes dashboards.</summary>
    /// <exception cref="AmazonCloudWatchException">The service refused the call; status 404: one is not there, and none is deleted.</exception>
    public Task<DeleteDashboardsResponse> DeleteDashboardsAsync(DeleteDashboardsRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<DeleteDashboardsResponse>("DeleteDashboards", json => json.Optional("DashboardNames", request.DashboardNames), static (_, _) => { }, cancellationToken);
    }

    private async Task<TResponse> CallAsync<TResponse>(string operation, Action<Utf8JsonWriter> write, Action<JsonElement, TResponse> read, CancellationToken cancellationToken)
        where TResponse : AmazonWebServiceResponse, new()
    {
        using RequestBody body = AwsJson.Body(write);
        return await SendAsync(
            AwsJson.Request("1.0", "GraniteServiceVersion20100801", operation, body), AwsJson.Answers(read, AmazonCloudWatchException.Of), cancellationToken).ConfigureAwait(false);
    }
}
