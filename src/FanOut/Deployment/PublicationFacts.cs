using Amazon.SecurityToken.Model;
using FanOut.Credentials;
using FanOut.Deployment.Policies;
using FanOut.Engine.Mappings;
using FanOut.Registry;
using FanOut.Sources;

namespace FanOut.Deployment;

/// <summary>The facts that decide which permissions a function needs once it has the wanted settings.</summary>
/// <param name="session">Who calls, in the function's region.</param>
/// <param name="settings">What is wanted.</param>
/// <param name="time">The clock of waits.</param>
internal sealed class PublicationFacts(AwsSession session, PublishSettings settings, TimeProvider time)
{
    /// <summary>Reads them; those of the function's sources are not among them.</summary>
    /// <param name="now">The function as it is.</param>
    /// <param name="table">The table that it is to read.</param>
    /// <param name="rows">The rows of the table.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task<FunctionFacts> ReadAsync(DeployedFunction now, string table, IReadOnlyList<TargetRow> rows, CancellationToken cancellationToken)
    {
        FunctionFacts facts;
        string metrics = settings.Metrics ?? now.Configuration?.Environment?.Variables?.GetValueOrDefault(FunctionVariables.Metrics) ?? "";
        if (now.Configuration is { } configuration)
        {
            var read = new ReadSources(session, settings.Function, time) { Configuration = configuration, Table = table };
            facts = ReadFacts.Of(read, session.Region, [], rows);
        }
        else
        {
            facts = ReadFacts.OfPlanned(settings.Name, await HomeAsync(cancellationToken).ConfigureAwait(false), table, rows);
        }

        return facts with
        {
            RoleArn = RoleArn(facts),
            LogGroup = PublishLogGroup.NameOf(now.Configuration, settings.Name),
            PublishesMetrics = metrics.Equals("cloudwatch", StringComparison.OrdinalIgnoreCase),
            IsInVpc = settings.Subnets is { } subnets ? subnets.Count > 0 : facts.IsInVpc,
            VariablesKey = settings.KmsKeyArn is { } key ? key.Length > 0 ? key : null : facts.VariablesKey,
        };
    }

    private string RoleArn(FunctionFacts facts) => settings.Role switch
    {
        null => facts.RoleArn,
        var arn when Arn.Looks(arn) => arn,
        var name when name == PublishRole.NameOf(facts.RoleArn) => facts.RoleArn,
        var name => $"arn:{facts.Function.Partition}:iam::{facts.Function.Account}:role/{name}",
    };

    private async Task<AwsLocation> HomeAsync(CancellationToken cancellationToken)
    {
        string? account = settings.Function.Account ?? (Arn.TryParse(settings.Role, out Arn? role) ? role.Account : null);
        account ??= (await session.Sts.GetCallerIdentityAsync(new GetCallerIdentityRequest(), cancellationToken).ConfigureAwait(false)).Account;
        return new AwsLocation(Partition.OfRegion(session.Region).Id, session.Region, account);
    }
}
