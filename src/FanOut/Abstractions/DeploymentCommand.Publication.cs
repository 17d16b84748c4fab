using Amazon.Runtime;
using FanOut.Deployment;
using FanOut.Sources;

namespace FanOut.Abstractions;

/// <content>Publishing a function: the plan, its changes, and the test whether the function runs.</content>
public abstract partial class DeploymentCommand
{
    // Each failed attempt means that somebody else has made what was missing.
    private const int MostAttempts = 5;

    private string Publishing => $"Publishing the function {Function.Name}";

    /// <summary>What is to be done to publish a function; only reads.</summary>
    private protected Publication PlanPublication(PublishSettings settings) =>
        Await(new PlanPublication(FunctionSession, settings, MappingsIn, Time, Warn).PlanAsync(StopToken));

    /// <summary>Publishes a function.</summary>
    /// <param name="settings">What is wanted.</param>
    /// <param name="waits">Whether to wait until it is active.</param>
    /// <param name="plan">The plan, where it is made already; null: it is made now.</param>
    /// <returns>Whether all was done: not with -WhatIf, and not if the user refused a change.</returns>
    private protected bool Publish(PublishSettings settings, bool waits, Publication? plan = null)
    {
        Func<Task>? active = waits ? () => new FunctionConfigurations(FunctionSession, Function, Time).SettledAsync(settings.Patience, StopToken) : null;
        for (int attempt = 1; ; attempt++)
        {
            plan ??= PlanPublication(settings);
            if (plan.Changes.Count == 0)
            {
                WriteVerbose($"The function {settings.Name} needs no change.");
            }

            try
            {
                bool isDone = Run(Publishing, plan.Changes, active);

                // Who registers a target or connects a source meanwhile puts a policy of which the plan knows nothing: so it is looked at again.
                if (isDone && plan.Changes.Any(static c => c.WritesPolicy))
                {
                    UpdatePolicy(FunctionSession, Function, null, onlyAdds: true);
                }

                return isDone;
            }
            catch (AmazonServiceException e) when (attempt < MostAttempts && IsMadeByOthers(e))
            {
                // Whatever it was: the next plan finds it.
                WriteVerbose($"Somebody else publishes the function {settings.Name} too, so it is looked at again: {e.Message}");
                plan = null;
            }
        }
    }

    /// <summary>Invokes the function once, to see whether it runs.</summary>
    /// <returns>Null: the user does not want it.</returns>
    private protected FunctionTest? Test(PublishSettings settings)
    {
        FunctionTest? test = null;
        string alias = settings.Alias is null ? "" : $", alias {settings.Alias}";
        Run(Publishing, [new Change($"function {settings.Name} in {FunctionSession.Region}{alias}", "Invoke once with an event of FanOut's own, which touches no target, to see whether it runs", async c =>
            test = await TestFunction.RunAsync(FunctionSession, Function, settings.Alias, c).ConfigureAwait(false))]);
        if (test?.Untested is { } untested)
        {
            WriteWarning($"Whether the function {settings.Name} runs was not tested, because {untested}");
        }
        else if (test is { Problem: null })
        {
            WriteVerbose($"The function {settings.Name} runs{(test.Version is { } version ? $": FanOut {version}" : "")}.");
        }

        return test;
    }

    private static bool IsMadeByOthers(AmazonServiceException error) => error.ErrorCode is "ResourceConflictException" or "ResourceInUseException" or "ResourceAlreadyExistsException"
        or "EntityAlreadyExists" or "EntityAlreadyExistsException" or "ConcurrentModification" or "ConcurrentModificationException";
}
