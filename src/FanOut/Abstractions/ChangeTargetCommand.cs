using System.ComponentModel;
using System.Management.Automation;
using Amazon.DynamoDBv2.Model;
using FanOut.Deployment.Policies;
using FanOut.Engine.Mappings;
using FanOut.Errors;
using FanOut.Registry;

namespace FanOut.Abstractions;

/// <summary>Base of the cmdlets that change registered targets, and output them only with -PassThru.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ChangeTargetCommand : TargetCommand
{
    // Each failed attempt means that somebody else's change was made: there is no need to wait in between.
    private const int MostAttempts = 10;

    /// <summary>Outputs the target.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>What is done, for -WhatIf and -Confirm.</summary>
    private protected abstract string Action { get; }

    /// <summary>What is to become of a row; it is checked here that it may. Called again for a row that somebody else has changed meanwhile.</summary>
    /// <returns>The new values of its attributes, where null removes one; null instead of them all: the row is deleted.</returns>
    private protected abstract IReadOnlyDictionary<string, AttributeValue?>? Plan(TargetRow row);

    /// <inheritdoc/>
    private protected override void ProcessTarget(MappingTable table, TargetRow row)
    {
        bool isAgreed = false;
        for (int attempt = 0; attempt < MostAttempts; attempt++)
        {
            IReadOnlyDictionary<string, AttributeValue?>? changes = Plan(row);
            if (changes is not null && row.With(changes).MeansTheSameAs(row))
            {
                WriteVerbose($"The target '{row.Id}' of {row.SourceArn} is unchanged: it is like that already.");
                Output(row);
                return;
            }

            ShouldProcessReason reason = default;
            if (!isAgreed && !ShouldProcess($"target '{row.Id}' of {row.SourceArn}", Action, out reason))
            {
                if (reason == ShouldProcessReason.WhatIf)
                {
                    Output(changes is null ? row : row.With(changes));
                }

                return;
            }

            isAgreed = true;
            Mapping? changed = changes is null ? null : row.With(changes).Mapping;
            if (changes is null || ExecutionPolicy.Differs(row.Mapping, changed))
            {
                NeedsPolicy(changed, Table);
            }

            if (Await(WriteAsync(table, row, changes)) is { } written)
            {
                Output(written);
                return;
            }

            row = Await(table.GetAsync(row.SourceArn, row.Id, StopToken));
        }

        throw FanOutError.TargetBusy(row.Id, row.SourceArn, MostAttempts);
    }

    private async Task<TargetRow?> WriteAsync(MappingTable table, TargetRow row, IReadOnlyDictionary<string, AttributeValue?>? changes) => changes is null
        ? await table.DeleteAsync(row.SourceArn, row.Id, StopToken).ConfigureAwait(false)
        : await table.TryUpdateAsync(row, changes, StopToken).ConfigureAwait(false);

    private void Output(TargetRow row)
    {
        if (PassThru)
        {
            WriteObject(row.ToTarget());
        }
    }
}
