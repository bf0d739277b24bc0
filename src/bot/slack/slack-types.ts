import type { types, webApi } from '@slack/bolt'

export type ActionsBlock = types.ActionsBlock
export type ConfirmationDialog = types.ConfirmationDialog
export type ContextBlock = types.ContextBlock
export type HomeView = types.HomeView
export type InputBlock = types.InputBlock
export type KnownBlock = types.KnownBlock
export type ModalView = types.ModalView
export type MrkdwnElement = types.MrkdwnElement
export type PlainTextElement = types.PlainTextElement
export type SectionBlock = types.SectionBlock
export type SlackButton = types.Button
export type SlackClient = webApi.WebClient
