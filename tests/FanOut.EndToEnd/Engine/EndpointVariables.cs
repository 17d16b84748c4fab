namespace FanOut.EndToEnd.Engine;

/// <summary>Sets <c>AWS_ENDPOINT_URL</c> and <c>AWS_ENDPOINT_URL_&lt;SERVICE&gt;</c>, and puts back what was there.</summary>
internal sealed class EndpointVariables : IDisposable
{
    private readonly Dictionary<string, string?> _before = [];

    /// <summary>Directs all services to one endpoint, and Kinesis to another where one is given.</summary>
    public EndpointVariables(Uri services, Uri? kinesis)
    {
        Set("AWS_ENDPOINT_URL", services.AbsoluteUri);
        Set("AWS_ENDPOINT_URL_KINESIS", kinesis?.AbsoluteUri);
    }

    public void Dispose()
    {
        foreach ((string name, string? value) in _before)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }

    private void Set(string name, string? value)
    {
        _before[name] = Environment.GetEnvironmentVariable(name);
        Environment.SetEnvironmentVariable(name, value);
    }
}
