Describe 'Get-FanOutFunction' {
    BeforeAll { . (Join-Path $PSScriptRoot Cloud.ps1) }
    AfterAll { Stop-Cloud }

    It 'shows the function' {
        $function = Get-FanOutFunction

        $function.FunctionName | Should -Be 'fanout'
        $function.FunctionArn | Should -Be 'arn:aws:lambda:us-east-1:123456789012:function:fanout'
    }

    It 'goes into the next cmdlet' {
        $null = Register-FanOutTarget sqs copy $archive -SourceArn $orders
        (Get-FanOutFunction | Get-FanOutTarget).Id | Should -Be 'copy'
    }

    It 'says that a function does not exist' {
        { Get-FanOutFunction -FunctionName absent -ErrorAction Stop } | Should -Throw -ErrorId 'FunctionNotFound,FanOut.Commands.GetFanOutFunctionCommand'
    }
}
