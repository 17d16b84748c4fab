namespace FanOut.LocalCloud.StepFunctions;

/// <summary>A state machine, whose executions never end by themselves.</summary>
/// <param name="Arn">Its ARN.</param>
/// <param name="Type"><c>STANDARD</c> or <c>EXPRESS</c>.</param>
/// <param name="Created">When it was made.</param>
public sealed record StateMachine(string Arn, string Type, DateTimeOffset Created)
{
    private readonly object _gate = new();
    private readonly Dictionary<string, (string Input, bool IsRunning)> _executions = new(StringComparer.Ordinal);

    /// <summary>Its name.</summary>
    public string Name => DestinationName.Short(Arn);

    internal bool IsExpress => Type == "EXPRESS";

    /// <summary>Ends all executions that are running: from now on their names are taken.</summary>
    public void EndExecutions()
    {
        lock (_gate)
        {
            foreach ((string name, (string input, _)) in _executions.ToArray())
            {
                _executions[name] = (input, false);
            }
        }
    }

    /// <summary>Starts an execution under a name, as a standard state machine does.</summary>
    /// <returns>Whether it is a new one; otherwise it is one that is running already, with the same input.</returns>
    /// <exception cref="ServiceException">ExecutionAlreadyExists: the name is taken.</exception>
    internal bool Start(string name, string input, string arn)
    {
        lock (_gate)
        {
            if (_executions.TryAdd(name, (input, true)))
            {
                return true;
            }

            return _executions[name] == (input, true) ? false : throw new ServiceException("ExecutionAlreadyExists", $"Execution Already Exists: '{arn}'");
        }
    }
}
