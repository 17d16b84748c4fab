using System.Globalization;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.Lambda;

/// <content>Event source mappings.</content>
public sealed partial class AmazonLambdaClient
{
    private const string EventSourceMappingsPath = "/2015-03-31/event-source-mappings";

    /// <summary>Makes an event source mapping, with which a function reads a source.</summary>
    /// <exception cref="AmazonLambdaException">The service refused the call; <c>ResourceConflictException</c>: the event source mapping exists.</exception>
    public async Task<CreateEventSourceMappingResponse> CreateEventSourceMappingAsync(
        CreateEventSourceMappingRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using RequestBody body = AwsJson.Body(json => EventSourceMappingJson.Write(json, request));
        var wire = new WireRequest("CreateEventSourceMapping", body) { Path = EventSourceMappingsPath, ContentType = "application/json" };
        return await SendMappingAsync<CreateEventSourceMappingResponse>(wire, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Changes, enables or disables an event source mapping.</summary>
    /// <exception cref="AmazonLambdaException">
    /// The service refused the call; <c>ResourceInUseException</c>: another change is in progress, <c>ResourceNotFoundException</c>: there is no such event source mapping.
    /// </exception>
    public async Task<UpdateEventSourceMappingResponse> UpdateEventSourceMappingAsync(
        UpdateEventSourceMappingRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using RequestBody body = AwsJson.Body(json => EventSourceMappingJson.Write(json, request));
        var wire = new WireRequest("UpdateEventSourceMapping", body)
        {
            Method = "PUT",
            Path = EventSourceMappingsPath + "/{UUID}",
            PathParameter = new("{UUID}", request.UUID),
            ContentType = "application/json",
        };
        return await SendMappingAsync<UpdateEventSourceMappingResponse>(wire, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>An event source mapping.</summary>
    /// <exception cref="AmazonLambdaException">The service refused the call; <c>ResourceNotFoundException</c>: there is no such event source mapping.</exception>
    public Task<GetEventSourceMappingResponse> GetEventSourceMappingAsync(
        GetEventSourceMappingRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var wire = new WireRequest("GetEventSourceMapping") { Method = "GET", Path = EventSourceMappingsPath + "/{UUID}", PathParameter = new("{UUID}", request.UUID) };
        return SendMappingAsync<GetEventSourceMappingResponse>(wire, cancellationToken);
    }

    /// <summary>A page of event source mappings.</summary>
    /// <exception cref="AmazonLambdaException">The service refused the call.</exception>
    public Task<ListEventSourceMappingsResponse> ListEventSourceMappingsAsync(
        ListEventSourceMappingsRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var wire = new WireRequest("ListEventSourceMappings")
        {
            Method = "GET",
            Path = EventSourceMappingsPath,
            Query = WireRequest.Parameters(
                ("EventSourceArn", request.EventSourceArn), ("FunctionName", request.FunctionName),
                ("Marker", request.Marker), ("MaxItems", request.MaxItems?.ToString(CultureInfo.InvariantCulture))),
        };
        return SendAsync(wire, AwsJson.Answers<ListEventSourceMappingsResponse>(EventSourceMappingJson.Read, AmazonLambdaException.Of), cancellationToken);
    }

    /// <summary>Deletes an event source mapping.</summary>
    /// <exception cref="AmazonLambdaException">
    /// The service refused the call; <c>ResourceInUseException</c>: a change is in progress, <c>ResourceNotFoundException</c>: there is no such event source mapping.
    /// </exception>
    public Task<DeleteEventSourceMappingResponse> DeleteEventSourceMappingAsync(
        DeleteEventSourceMappingRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var wire = new WireRequest("DeleteEventSourceMapping") { Method = "DELETE", Path = EventSourceMappingsPath + "/{UUID}", PathParameter = new("{UUID}", request.UUID) };
        return SendMappingAsync<DeleteEventSourceMappingResponse>(wire, cancellationToken);
    }

    private Task<TResponse> SendMappingAsync<TResponse>(WireRequest wire, CancellationToken cancellationToken)
        where TResponse : EventSourceMappingConfiguration, new() =>
        SendAsync(wire, AwsJson.Answers<TResponse>(EventSourceMappingJson.Read, AmazonLambdaException.Of), cancellationToken);
}
