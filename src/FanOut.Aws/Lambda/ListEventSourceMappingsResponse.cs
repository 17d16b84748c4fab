using Amazon.Runtime;

namespace FanOut.Aws.Lambda;

/// <summary>A page of event source mappings.</summary>
public sealed class ListEventSourceMappingsResponse : AmazonWebServiceResponse
{
    /// <summary>The event source mappings.</summary>
    public List<EventSourceMappingConfiguration>? EventSourceMappings { get; set; }

    /// <summary>Where the next page begins; null: this is the last one.</summary>
    public string? NextMarker { get; set; }
}
