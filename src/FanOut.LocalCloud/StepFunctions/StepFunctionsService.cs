using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.StepFunctions;

/// <summary>Step Functions: state machines that keep what their executions were started with; they run nothing. Any version or alias of one exists, unless it was deleted.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html</remarks>
public sealed class StepFunctionsService : IService
{
    private const int MostInputBytes = 262_144;
    private const int MostNameCharacters = 80;
    private static readonly SearchValues<char> NotInNames = SearchValues.Create(" <>{}[]?*\"#%\\^|~`$&,;:/");

    private readonly ConcurrentDictionary<string, StateMachine> _machines = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _deleted = new(StringComparer.Ordinal);
    private readonly CloudOptions _options;
    private readonly OperationTable _operations;

    internal StepFunctionsService(CloudOptions options)
    {
        _options = options;
        _operations = new()
        {
            ["DescribeStateMachine"] = Describe,
            ["DescribeStateMachineAlias"] = DescribeAlias,
            ["ListStateMachines"] = List,
            ["StartExecution"] = Start,
        };
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> SigningNames { get; } = ["states"];

    /// <summary>Every execution that was started, by its input; the destination is the state machine's ARN without version or alias, the key the execution's name.</summary>
    public Journal<Arrival> Received { get; } = new();

    /// <summary>Makes a state machine.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type"><c>STANDARD</c>, the default, or <c>EXPRESS</c>.</param>
    /// <param name="region">Its region; null, the default, for the cloud's.</param>
    /// <param name="accountId">Its account; null, the default, for the cloud's.</param>
    /// <exception cref="ServiceException">StateMachineAlreadyExists: it exists already.</exception>
    public StateMachine CreateStateMachine(string name, string type = "STANDARD", string? region = null, string? accountId = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        StateMachine machine = new(ArnText.Of("states", region ?? _options.Region, accountId ?? _options.AccountId, $"stateMachine:{name}"), type, _options.TimeProvider.GetUtcNow());
        return _machines.TryAdd(machine.Arn, machine) ? machine : throw new ServiceException("StateMachineAlreadyExists", $"State Machine Already Exists: '{machine.Arn}'");
    }

    /// <summary>Removes a state machine; nothing happens when there is none with this ARN.</summary>
    public void DeleteStateMachine(string arn) => _machines.TryRemove(arn, out _);

    /// <summary>Removes a version or an alias of a state machine: nothing can be started by it any more.</summary>
    /// <param name="arn">Its ARN.</param>
    public void DeleteQualifier(string arn) => _deleted[arn] = true;

    /// <inheritdoc/>
    public CallSubject Identify(ServiceCall serviceCall)
    {
        ArgumentNullException.ThrowIfNull(serviceCall);

        // A permission for a state machine is one for its versions and aliases too: https://docs.aws.amazon.com/step-functions/latest/dg/auth-version-alias.html
        return new CallSubject(serviceCall.NamedOperation(), (serviceCall.Json.Text("stateMachineArn") ?? serviceCall.Json.Text("stateMachineAliasArn")) is { } arn ? string.Join(':', arn.Split(':').Take(7)) : null);
    }

    /// <inheritdoc/>
    public Task<HttpResponse> AnswerAsync(ServiceCall serviceCall, CancellationToken cancellationToken) =>
        _operations.AnswerAsync(serviceCall, cancellationToken);

    private StateMachine Resolve(ServiceCall call)
    {
        string arn = call.Json.RequiredText("stateMachineArn");
        return ArnText.Part(call.Destination!, 5) is not ['s', 't', 'a', 't', 'e', 'M', 'a', 'c', 'h', 'i', 'n', 'e', ':', _, ..] ? throw new ServiceException("InvalidArn", $"Invalid Arn: '{arn}'")
            : (_deleted.ContainsKey(arn) ? null : _machines.GetValueOrDefault(call.Destination!)) ?? throw new ServiceException("StateMachineDoesNotExist", $"State Machine Does Not Exist: '{arn}'");
    }

    private HttpResponse Start(ServiceCall call)
    {
        StateMachine machine = Resolve(call);
        string name = call.Json.Text("name") ?? Guid.NewGuid().ToString(), input = call.Json.Text("input") ?? "{}";
        if (name.Length is 0 or > MostNameCharacters || name.AsSpan().ContainsAny(NotInNames))
        {
            throw new ServiceException("InvalidName", $"Invalid Name: '{name}'");
        }

        if (Encoding.UTF8.GetByteCount(input) > MostInputBytes)
        {
            throw new ServiceException("ValidationException", $"1 validation error detected: Value at 'input' failed to satisfy constraint: Member must have length less than or equal to {MostInputBytes}");
        }

        Check(input);
        string arn = ArnText.Of("states", call.Region, ArnText.Part(machine.Arn, 4), machine.IsExpress ? $"express:{machine.Name}:{name}:{Guid.NewGuid()}" : $"execution:{machine.Name}:{name}");
        if (machine.IsExpress || machine.Start(name, input, arn))
        {
            Received.Add(new Arrival(machine.Arn, call.Number, call.Time, Encoding.UTF8.GetBytes(input)) { Id = arn, Key = name });
        }

        return JsonAnswer.Of(json =>
        {
            json.WriteString("executionArn", arn);
            json.WriteNumber("startDate", JsonAnswer.EpochSeconds(call.Time));
        });
    }

    private static void Check(string input)
    {
        try
        {
            JsonDocument.Parse(input, new JsonDocumentOptions { MaxDepth = 1024 }).Dispose();
        }
        catch (JsonException e)
        {
            throw new ServiceException("InvalidExecutionInput", $"Invalid State Machine Execution Input: '{e.Message}'");
        }
    }

    private HttpResponse Describe(ServiceCall call)
    {
        StateMachine machine = Resolve(call);
        return JsonAnswer.Of(json =>
        {
            json.WriteString("stateMachineArn", machine.Arn);
            json.WriteString("name", machine.Name);
            json.WriteString("status", "ACTIVE");
            json.WriteString("type", machine.Type);
            json.WriteString("definition", "{}");
            json.WriteString("roleArn", ArnText.Of("iam", "", ArnText.Part(machine.Arn, 4), "role/states"));
            json.WriteNumber("creationDate", JsonAnswer.EpochSeconds(machine.Created));
        });
    }

    private HttpResponse DescribeAlias(ServiceCall call)
    {
        string arn = call.Json.RequiredText("stateMachineAliasArn");
        if (_deleted.ContainsKey(arn) || !_machines.ContainsKey(call.Destination!))
        {
            throw new ServiceException("ResourceNotFound", $"Resource not found: '{arn}'");
        }

        return JsonAnswer.Of(json =>
        {
            json.WriteString("stateMachineAliasArn", arn);
            json.WriteString("name", arn.Split(':')[^1]);
        });
    }

    private HttpResponse List(ServiceCall call)
    {
        string after = call.Json.Text("nextToken") ?? "";
        int limit = call.Json.Number("maxResults") is { } asked and > 0 ? asked : 100;
        StateMachine[] rest =
        [
            .. _machines.Values
                .Where(machine => ArnText.Part(machine.Arn, 3) == call.Region && ArnText.Part(machine.Arn, 4) == call.AccountId && string.CompareOrdinal(machine.Name, after) > 0)
                .OrderBy(machine => machine.Name, StringComparer.Ordinal),
        ];
        return JsonAnswer.Of(json =>
        {
            json.WriteStartArray("stateMachines");
            foreach (StateMachine machine in rest.Take(limit))
            {
                json.WriteStartObject();
                json.WriteString("stateMachineArn", machine.Arn);
                json.WriteString("name", machine.Name);
                json.WriteString("type", machine.Type);
                json.WriteNumber("creationDate", JsonAnswer.EpochSeconds(machine.Created));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (rest.Length > limit)
            {
                json.WriteString("nextToken", rest[limit - 1].Name);
            }
        });
    }
}
