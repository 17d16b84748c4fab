using Amazon.Runtime;
using Amazon.Runtime.Internal;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.Pipeline;

/// <summary>Sets the endpoint of each request. It is determined once, when the client is made.</summary>
internal sealed class EndpointHandler(Uri endpoint) : PipelineHandler
{
    public override void InvokeSync(IExecutionContext executionContext)
    {
        Direct(executionContext);
        base.InvokeSync(executionContext);
    }

    public override Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        Direct(executionContext);
        return base.InvokeAsync<T>(executionContext);
    }

    private void Direct(IExecutionContext context)
    {
        IRequest request = context.RequestContext.Request;
        request.Endpoint = request.OriginalRequest is WireRequest { HostPrefix: { } prefix } ? new UriBuilder(endpoint) { Host = prefix + endpoint.Host }.Uri : endpoint;
        request.AuthenticationRegion = context.RequestContext.ClientConfig.AuthenticationRegion;
    }
}
