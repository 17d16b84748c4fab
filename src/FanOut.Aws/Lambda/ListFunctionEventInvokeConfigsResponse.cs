using Amazon.Runtime;

namespace FanOut.Aws.Lambda;

/// <summary>A page of settings of asynchronous invocations.</summary>
public sealed class ListFunctionEventInvokeConfigsResponse : AmazonWebServiceResponse
{
    /// <summary>The settings, those of aliases and versions among them.</summary>
    public List<EventInvokeConfigSettings>? FunctionEventInvokeConfigs { get; set; }

    /// <summary>Where the next page begins; null: this is the last one.</summary>
    public string? NextMarker { get; set; }
}
