using System.Collections.Concurrent;

namespace FanOut.LocalCloud;

/// <summary>The services of a cloud by signing name.</summary>
internal sealed class ServiceRegistry
{
    private readonly ConcurrentDictionary<string, IService> _services = new(StringComparer.Ordinal);

    public void Add(IService service)
    {
        foreach (string name in service.SigningNames)
        {
            _services[name] = service;
        }
    }

    public IService? Find(string signingName) => _services.GetValueOrDefault(signingName);
}
