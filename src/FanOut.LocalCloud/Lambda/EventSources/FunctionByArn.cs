namespace FanOut.LocalCloud.Lambda.EventSources;

/// <summary>
/// The function of a mapping, looked up anew for every batch: it may have been deleted, and another one of its name may be there since.
/// </summary>
internal sealed class FunctionByArn(FunctionRegistry functions, string functionArn) : IFunctionInvoker
{
    private readonly FunctionName _name = FunctionName.Parse(functionArn);

    public Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> eventJson, CancellationToken cancellationToken)
    {
        var view = functions.View(_name, _name.Region!, _name.AccountId!);
        return view.Function.InvokeAsync(view.Invoker, eventJson, cancellationToken);
    }
}
