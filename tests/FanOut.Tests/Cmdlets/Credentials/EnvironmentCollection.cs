namespace FanOut.Tests.Cmdlets.Credentials;

/// <summary>Tests that change the environment's variables, which are the process's: nothing runs beside them.</summary>
[CollectionDefinition(nameof(EnvironmentCollection), DisableParallelization = true)]
public sealed class EnvironmentCollection;
