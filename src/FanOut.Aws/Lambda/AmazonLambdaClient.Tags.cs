using FanOut.Aws.Protocols;

namespace FanOut.Aws.Lambda;

/// <content>Tags.</content>
public sealed partial class AmazonLambdaClient
{
    /// <summary>Gives a function or an event source mapping tags.</summary>
    /// <exception cref="AmazonLambdaException">The service refused the call; <c>ResourceNotFoundException</c>: there is no such resource.</exception>
    public async Task<TagResourceResponse> TagResourceAsync(TagResourceRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using RequestBody body = AwsJson.Body(json => json.Optional("Tags", request.Tags));
        WireRequest wire = TagsOf(request.Resource, "TagResource", "POST", body);
        return await ReadAsync<TagResourceResponse>(wire, static (_, _) => { }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes tags from a function or an event source mapping.</summary>
    /// <exception cref="AmazonLambdaException">The service refused the call; <c>ResourceNotFoundException</c>: there is no such resource.</exception>
    public Task<UntagResourceResponse> UntagResourceAsync(UntagResourceRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        WireRequest wire = TagsOf(request.Resource, "UntagResource", "DELETE");
        wire.Amend = sdk =>
        {
            // tagKeys=a&tagKeys=b
            sdk.UseQueryString = true;
            sdk.ParameterCollection.Add("tagKeys", request.TagKeys);
        };
        return ReadAsync<UntagResourceResponse>(wire, static (_, _) => { }, cancellationToken);
    }

    /// <summary>The tags of a function or an event source mapping.</summary>
    /// <exception cref="AmazonLambdaException">The service refused the call; <c>ResourceNotFoundException</c>: there is no such resource.</exception>
    public Task<ListTagsResponse> ListTagsAsync(ListTagsRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        WireRequest wire = TagsOf(request.Resource, "ListTags", "GET");
        return ReadAsync<ListTagsResponse>(wire, static (json, response) => response.Tags = json.Map("Tags"), cancellationToken);
    }

    private static WireRequest TagsOf(string resource, string operation, string method, RequestBody? body = null) => new(operation, body)
    {
        Method = method,
        Path = "/2017-03-31/tags/{Resource}",
        PathParameter = new("{Resource}", resource),
        ContentType = body is null ? null : "application/json",
    };
}
