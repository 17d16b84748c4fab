using Amazon.Runtime;

namespace FanOut.Aws.Lambda;

/// <summary>A page of event source mappings.</summary>
public sealed class ListEventSourceMappingsResponse : AmazonWebServiceResponse
{
    /// <summary>The mappings.</summary>
    public List<EventSourceMappingConfiguration>? EventSourceMappings { get; set; }

    /// <summary>Where the next page begins; <see langword="null"/>: there is none.</summary>
    public string? NextMarker { get; set; }
}
