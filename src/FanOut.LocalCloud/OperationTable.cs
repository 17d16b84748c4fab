using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud;

/// <summary>The operations of one service by name.</summary>
internal sealed class OperationTable
{
    private readonly Dictionary<string, Func<ServiceCall, CancellationToken, Task<HttpResponse>>> _operations = new(StringComparer.Ordinal);

    /// <summary>Sets an operation that answers at once.</summary>
    public Func<ServiceCall, HttpResponse> this[string name]
    {
        set => _operations[name] = (call, _) => Task.FromResult(value(call));
    }

    /// <summary>Sets an operation that may have to wait.</summary>
    public void Add(string name, Func<ServiceCall, CancellationToken, Task<HttpResponse>> operation) => _operations[name] = operation;

    /// <summary>Executes the operation of a call.</summary>
    /// <exception cref="ServiceException">The service has no such operation.</exception>
    public Task<HttpResponse> AnswerAsync(ServiceCall call, CancellationToken cancellationToken) =>
        _operations.TryGetValue(call.Operation, out Func<ServiceCall, CancellationToken, Task<HttpResponse>>? operation)
            ? operation(call, cancellationToken)
            : throw new ServiceException(
                call.Protocol == Protocol.Query ? "InvalidAction" : "UnknownOperationException",
                $"The stand-in's {call.Service} has no operation '{call.Operation}'; it has {string.Join(", ", _operations.Keys.Order(StringComparer.Ordinal))}.");
}
